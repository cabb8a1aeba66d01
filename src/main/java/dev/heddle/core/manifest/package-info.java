/** Kubernetes objects from a plan: one noun per object, one function each. Nothing is decided here. */
package dev.heddle.core.manifest;
