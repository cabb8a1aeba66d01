/** The command migrate: against two sides in memory that it is killed between, and against servers that answer nonsense. */
package dev.heddle.migrate;
