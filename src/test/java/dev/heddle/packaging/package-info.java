/**
 * What is shipped: the chart, the manifests and the rules, looked at as users get them. Tests here run the tools that
 * users run; none of them needs a cluster.
 */
package dev.heddle.packaging;
