package dev.heddle.cosign;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whose signature counts. */
public sealed interface Trust {

    /** The holder of a key. */
    record Key(PublicKey key) implements Trust {}

    /**
     * A person or a workflow that an issuer vouched for when it signed.
     *
     * @param issuer OIDC issuer, literally
     * @param subject mail address or URI, literally
     * @param authorities certificates of the authority: roots are self-signed, others are intermediates
     * @param log key of the transparency log, whose word on the time counts
     */
    record Keyless(String issuer, String subject, List<X509Certificate> authorities, PublicKey log) implements Trust {
        public Keyless {
            authorities = List.copyOf(authorities);
        }
    }
}
