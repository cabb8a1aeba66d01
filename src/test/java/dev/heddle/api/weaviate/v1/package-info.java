/** The resources as the API server meets them: what it accepts, what it refuses, and with which words. */
package dev.heddle.api.weaviate.v1;
