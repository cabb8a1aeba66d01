package dev.heddle.cosign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cosign.Certificates.Leaf;
import dev.heddle.registry.RegistryException;
import dev.heddle.registry.Repository;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signatures without a key: a certificate of ten minutes, and a log that saw it. */
class KeylessTest {
    private static final Instant SIGNED = Instant.parse("2026-05-01T12:00:00Z");
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final String WORKFLOW =
            "https://github.com/example/weaviate/.github/workflows/release.yml@refs/tags/v1";
    private static final Leaf SIGNER = new Leaf(WORKFLOW, ISSUER, true);
    private static final KeyPair ROOT = Certificates.keys();
    private static final KeyPair STRANGER = Certificates.keys();
    private static final KeyPair LOG = Certificates.keys();
    private static final KeyPair KEYS = Certificates.keys();
    private static final String AUTHORITY =
            Certificates.root("authority", ROOT, SIGNED.minus(Duration.ofDays(900)), SIGNED.plus(Duration.ofDays(900)));
    private static final byte[] PAYLOAD = SignedRegistry.payload(SignedRegistry.IMAGE);
    private static final byte[] SIGNATURE = Certificates.sign(KEYS.getPrivate(), PAYLOAD);

    @Test
    void acceptsWhomItTrusts() {
        assertThat(verdict(notes(leaf(SIGNER, ROOT), LOG, SIGNED), trust(WORKFLOW, ISSUER)))
                .isEqualTo(new Verdict.Good());
        var mail = new Leaf("release@example.com", "https://accounts.example.com", true);
        assertThat(verdict(
                        notes(leaf(mail, ROOT), LOG, SIGNED),
                        trust("release@example.com", "https://accounts.example.com")))
                .isEqualTo(new Verdict.Good());
    }

    @Test
    void refusesAnotherSubject() {
        refuses(notes(leaf(new Leaf(WORKFLOW + "2", ISSUER, true), ROOT), LOG, SIGNED), "not by " + WORKFLOW);
    }

    @Test
    void refusesAnotherIssuer() {
        refuses(notes(leaf(new Leaf(WORKFLOW, ISSUER + ".evil", true), ROOT), LOG, SIGNED), "not by " + ISSUER);
    }

    @Test
    void refusesACertificateOfAnotherAuthority() {
        refuses(notes(leaf(SIGNER, STRANGER), LOG, SIGNED), "the authority did not issue");
    }

    /** Whoever brings a root along is not trusted for it. */
    @Test
    void trustsNoRootThatComesAlong() {
        var notes = new HashMap<>(notes(leaf(SIGNER, STRANGER), LOG, SIGNED));
        notes.put(
                "dev.sigstore.cosign/chain",
                Certificates.root("authority", STRANGER, SIGNED.minusSeconds(9), SIGNED.plusSeconds(999)));
        refuses(notes, "the authority did not issue");
    }

    @Test
    void refusesACertificateThatHadExpired() {
        refuses(notes(leaf(SIGNER, ROOT), LOG, SIGNED.plus(Duration.ofMinutes(11))), "not valid when it was logged");
        refuses(notes(leaf(SIGNER, ROOT), LOG, SIGNED.minus(Duration.ofMinutes(1))), "not valid when it was logged");
    }

    @Test
    void refusesACertificateForSomethingElse() {
        refuses(notes(leaf(new Leaf(WORKFLOW, ISSUER, false), ROOT), LOG, SIGNED), "not one for signing code");
    }

    @Test
    void refusesAnotherLog() {
        refuses(notes(leaf(SIGNER, ROOT), STRANGER, SIGNED), "another log");
    }

    @Test
    void refusesATimeThatTheLogDidNotSign() {
        var notes = new HashMap<>(notes(leaf(SIGNER, ROOT), LOG, SIGNED.plus(Duration.ofDays(1))));
        notes.computeIfPresent(
                "dev.sigstore.cosign/bundle",
                (key, entry) -> entry.replace(
                        String.valueOf(SIGNED.plus(Duration.ofDays(1)).getEpochSecond()),
                        String.valueOf(SIGNED.getEpochSecond())));
        refuses(notes, "the log did not sign");
    }

    @Test
    void refusesAnEntryOfAnotherSignature() {
        var certificate = leaf(SIGNER, ROOT);
        var other = Certificates.sign(KEYS.getPrivate(), PAYLOAD);
        refuses(
                Map.of(
                        "dev.sigstore.cosign/certificate",
                        certificate,
                        "dev.sigstore.cosign/bundle",
                        SignedRegistry.entry(LOG, PAYLOAD, other, certificate, SIGNED.getEpochSecond())),
                "not the one that was logged");
        refuses(
                Map.of(
                        "dev.sigstore.cosign/certificate",
                        certificate,
                        "dev.sigstore.cosign/bundle",
                        SignedRegistry.entry(LOG, new byte[] {1}, SIGNATURE, certificate, SIGNED.getEpochSecond())),
                "not the one that was logged");
        refuses(
                Map.of(
                        "dev.sigstore.cosign/certificate",
                        certificate,
                        "dev.sigstore.cosign/bundle",
                        SignedRegistry.entry(LOG, PAYLOAD, SIGNATURE, AUTHORITY, SIGNED.getEpochSecond())),
                "not the one that was logged");
    }

    @Test
    void refusesASignatureThatTheCertificateDidNotMake() {
        var certificate = Certificates.leaf(
                SIGNER,
                "authority",
                ROOT.getPrivate(),
                STRANGER.getPublic(),
                SIGNED.minusSeconds(1),
                SIGNED.plusSeconds(600));
        refuses(notes(certificate, LOG, SIGNED), "was not made with the key");
    }

    @Test
    void refusesWhatHasNoCertificate() {
        refuses(Map.of(), "has no certificate");
        refuses(Map.of("dev.sigstore.cosign/certificate", leaf(SIGNER, ROOT)), "has no certificate and no entry");
        refuses(
                Map.of("dev.sigstore.cosign/certificate", "x", "dev.sigstore.cosign/bundle", "{}"),
                "unreadable certificate");
        refuses(
                Map.of("dev.sigstore.cosign/certificate", leaf(SIGNER, ROOT), "dev.sigstore.cosign/bundle", "{"),
                "not JSON");
        refuses(Map.of("dev.sigstore.cosign/certificate", leaf(SIGNER, ROOT), "dev.sigstore.cosign/bundle", "{}"), "");
    }

    @Test
    void refusesWithoutARoot() {
        var nobody = new Trust.Keyless(ISSUER, WORKFLOW, List.of(), LOG.getPublic());
        assertThat(verdict(notes(leaf(SIGNER, ROOT), LOG, SIGNED), nobody)).isInstanceOf(Verdict.Wrong.class);
    }

    private static String leaf(Leaf leaf, KeyPair authority) {
        return Certificates.leaf(
                leaf,
                "authority",
                authority.getPrivate(),
                KEYS.getPublic(),
                SIGNED.minusSeconds(1),
                SIGNED.plusSeconds(600));
    }

    private static Map<String, String> notes(String certificate, KeyPair log, Instant time) {
        return Map.of(
                "dev.sigstore.cosign/certificate",
                certificate,
                "dev.sigstore.cosign/bundle",
                SignedRegistry.entry(log, PAYLOAD, SIGNATURE, certificate, time.getEpochSecond()));
    }

    private static Trust trust(String subject, String issuer) {
        return new Trust.Keyless(issuer, subject, Pem.certificates(AUTHORITY), LOG.getPublic());
    }

    private static void refuses(Map<String, String> notes, String why) {
        assertThat(verdict(notes, trust(WORKFLOW, ISSUER)))
                .isInstanceOfSatisfying(
                        Verdict.Wrong.class, wrong -> assertThat(wrong.why()).contains(why));
    }

    private static Verdict verdict(Map<String, String> notes, Trust trust) {
        try {
            return new Cosign(new SignedRegistry().signed(PAYLOAD, SIGNATURE, notes))
                    .verify(Repository.of("example.com/weaviate"), SignedRegistry.IMAGE, trust, Optional.empty());
        } catch (RegistryException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
