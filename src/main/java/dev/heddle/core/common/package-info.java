/** What every core package shares: names, labels, ports, findings. Pure; belongs to no single resource kind. */
package dev.heddle.core.common;
