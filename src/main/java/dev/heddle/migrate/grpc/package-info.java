/**
 * Objects over Weaviate's gRPC API v1. What it cannot tell without a loss goes over REST. Messages are generated into
 * {@code dev.heddle.migrate.wire} from {@code src/main/protobuf}.
 */
package dev.heddle.migrate.grpc;
