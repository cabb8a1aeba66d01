/** Turns plan and observation into conditions and a status that people and kstatus understand. Pure. */
package dev.heddle.core.status;
