/** Against a server that answers as a test says; real ones are told of in docs/dev/weaviate-facts.md. */
package dev.heddle.migrate.grpc;
