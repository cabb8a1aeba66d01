package dev.heddle.cosign;

import dev.heddle.registry.Login;
import dev.heddle.registry.Registry;
import dev.heddle.registry.RegistryException;
import dev.heddle.registry.Repository;
import java.util.ArrayList;
import java.util.Optional;

/** Verifies images. One good signature is enough: keys change, and both sign for a time. */
public final class Cosign {
    private static final int MAX_REASONS = 3;

    private final Registry registry;

    public Cosign(Registry registry) {
        this.registry = registry;
    }

    /** @param digest of the image or index that is to run, sha256:… */
    public Verdict verify(Repository repository, String digest, Trust trust, Optional<Login> login)
            throws RegistryException {
        var found = new SignatureSource(registry, repository, login).of(digest);
        if (found.signatures().isEmpty() && found.unreadable().isEmpty()) {
            return new Verdict.Unsigned();
        }
        var reasons = new ArrayList<>(found.unreadable());
        for (var signed : found.signatures()) {
            try {
                check(signed, digest, trust);
                return new Verdict.Good();
            } catch (Untrusted why) {
                reasons.add(why.getMessage());
            }
        }
        return new Verdict.Wrong(String.join(
                "; another one ", reasons.stream().distinct().limit(MAX_REASONS).toList()));
    }

    private static void check(Signed signed, String digest, Trust trust) throws Untrusted {
        switch (trust) {
            case Trust.Key key -> signed.by(key.key());
            case Trust.Keyless keyless -> Signer.confirm(signed, keyless);
        }
        signed.about(digest);
    }
}
