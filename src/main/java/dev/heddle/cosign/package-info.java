/**
 * Verifies signatures of images as cosign makes them: what was signed, by whom, and when. Reads through {@code registry};
 * knows no Kubernetes. Everything that is read here may come from an attacker.
 */
package dev.heddle.cosign;
