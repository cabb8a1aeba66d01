/**
 * The command {@code migrate}: copies one Weaviate to another and proves it. Runs as a Job or by hand; knows no
 * reconcilers, and Kubernetes only as one of the places where its progress is kept. Decisions are made in {@code
 * core.migration}.
 */
package dev.heddle.migrate;
