/** Tests of the package of the same name: pure and fast; no Kubernetes, no clock, no network but the loopback. */
package dev.heddle.bucket;
