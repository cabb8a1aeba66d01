package dev.heddle.prometheus;

import java.util.Optional;

/** Asks a Prometheus, or what speaks its API. */
public interface PrometheusApi {

    /**
     * The one number that a query gives now; may be NaN.
     *
     * @param url without /api/v1
     * @param token sent as bearer token
     */
    double query(String url, Optional<String> token, String promql) throws NoNumber;

    /** Why there is none, in few words that tell nothing of what else the address answers. */
    final class NoNumber extends Exception {
        public NoNumber(String why) {
            super(why, null, false, false);
        }
    }
}
