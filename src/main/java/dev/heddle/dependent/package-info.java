/**
 * The shared library of dependents: abstract bases only. One object serves every controller that names a dependent
 * class, so each (resource, kind) has a small concrete subclass in its own package.
 */
package dev.heddle.dependent;
