/** Prometheus's HTTP API, as far as the autoscaler asks it; knows no Kubernetes. */
package dev.heddle.prometheus;
