/** Reads registries by the OCI distribution protocol: tags, manifests, blobs, referrers. Knows no Kubernetes. */
package dev.heddle.registry;
