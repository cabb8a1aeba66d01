package dev.heddle.migrate.grpc;

/** In the order of their numbers. */
enum Status {
    OK,
    CANCELLED,
    UNKNOWN,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED;

    /** Of the header {@code grpc-status}; what no status has is UNKNOWN. */
    static Status of(String number) {
        for (var status : values()) {
            if (String.valueOf(status.ordinal()).equals(number)) {
                return status;
            }
        }
        return UNKNOWN;
    }

    /** What gRPC's "HTTP to gRPC Status Code Mapping" makes of an answer that is no gRPC. */
    static Status ofHttp(int status) {
        return switch (status) {
            case 400 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> UNIMPLEMENTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }
}
