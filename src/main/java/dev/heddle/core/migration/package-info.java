/**
 * Migrations decided: the plan of one, what has to be made on the target, in what order and in which parts objects are
 * copied, and what two sides differ in. Objects are trees of JSON here; nothing is read or written.
 */
package dev.heddle.core.migration;
