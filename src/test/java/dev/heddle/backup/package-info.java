/** Tests of the package of the same name: no Kubernetes, no network but the loopback. */
package dev.heddle.backup;
