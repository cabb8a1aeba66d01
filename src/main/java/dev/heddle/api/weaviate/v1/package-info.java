/**
 * The custom resources of group weaviate.io, version v1: one record per block of the spec, with its schema. No logic;
 * defaults are in core, because a default written by the API server would win over {@code valuesFrom}.
 */
package dev.heddle.api.weaviate.v1;
