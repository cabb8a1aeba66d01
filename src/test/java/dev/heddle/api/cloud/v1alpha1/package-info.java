/** Tests of the package of the same name, against a real API server. */
package dev.heddle.api.cloud.v1alpha1;
