/** Which version a constraint stands for, and when a change may begin. Pure; versions are semantic versions. */
package dev.heddle.core.version;
