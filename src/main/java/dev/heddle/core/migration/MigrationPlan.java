package dev.heddle.core.migration;

import java.util.List;

/**
 * What the command is asked to do; the JSON that it reads. No key is in it, only names of files that hold one.
 *
 * @param id of this migration; progress of another one is not taken up
 * @param include names of collections; empty for all
 * @param exclude names of collections
 * @param deadline seconds since 1970, after which it stops; 0 for none
 */
public record MigrationPlan(
        String id,
        Side source,
        Side target,
        Mode mode,
        OnConflict onConflict,
        List<String> include,
        List<String> exclude,
        Pace pace,
        long deadline,
        boolean freezeSource) {
    public MigrationPlan {
        mode = mode == null ? Mode.COPY : mode;
        onConflict = onConflict == null ? OnConflict.FAIL : onConflict;
        include = include == null ? List.of() : List.copyOf(include);
        exclude = exclude == null ? List.of() : List.copyOf(exclude);
        pace = pace == null ? new Pace(0, 0, 0) : pace;
    }

    /**
     * @param url of the REST API, with scheme: {@code https://host:443}
     * @param type how objects travel; everything else goes over REST
     * @param grpcUrl of the gRPC API, with scheme ({@code http} is without TLS); null or empty: port 50051 of the same
     *     host, with TLS if {@code url} has it
     * @param apiKeyFile holds the key; null or empty for none
     * @param caFile PEM; null or empty for the system's authorities
     * @param insecure whether any certificate is believed
     */
    public record Side(String url, Transport type, String grpcUrl, String apiKeyFile, String caFile, boolean insecure) {
        public Side {
            grpcUrl = grpcUrl == null ? "" : grpcUrl;
            apiKeyFile = apiKeyFile == null ? "" : apiKeyFile;
            caFile = caFile == null ? "" : caFile;
            type = type == null ? Transport.HTTPS : type;
        }
    }

    public enum Transport {
        GRPC,
        HTTPS,
        HTTP
    }

    public enum Mode {
        COPY,
        /** Collections and aliases, without tenants and objects. */
        SCHEMA_ONLY,
        /** Compares and writes nothing. */
        VERIFY,
        /** Checks and counts, and writes nothing. */
        DRY_RUN
    }

    /** What becomes of what is on the target before. */
    public enum OnConflict {
        /** Nothing begins while a collection that is to be copied is there. */
        FAIL,
        /** What is there stays. */
        SKIP,
        /** Objects of the same id are replaced; others stay. */
        OVERWRITE
    }

    /**
     * @param parallelism parts that are copied at once; 0 for 8
     * @param rateLimit objects per second; 0 for none
     * @param batchSize objects in a request; 0 for 200
     */
    public record Pace(int parallelism, int rateLimit, int batchSize) {
        public Pace {
            parallelism = parallelism == 0 ? 8 : parallelism;
            batchSize = batchSize == 0 ? 200 : batchSize;
        }
    }
}
