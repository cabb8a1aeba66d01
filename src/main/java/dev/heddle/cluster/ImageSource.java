package dev.heddle.cluster;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterSpec;
import dev.heddle.api.weaviate.v1.ImageSpec;
import dev.heddle.config.CatalogSource;
import dev.heddle.config.OperatorConfig;
import dev.heddle.core.cluster.References;
import dev.heddle.core.common.Recent;
import dev.heddle.core.shortform.ImageVerdict;
import dev.heddle.core.shortform.Tags;
import dev.heddle.cosign.Cosign;
import dev.heddle.cosign.Trust;
import dev.heddle.cosign.Verdict;
import dev.heddle.registry.Login;
import dev.heddle.registry.Registry;
import dev.heddle.registry.RegistryException;
import dev.heddle.registry.Repository;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks registries for tags and signatures, and remembers the answers for a while: reconciles are frequent. */
@ApplicationScoped
public class ImageSource {
    /** A new tag is seen after this time. */
    private static final Duration TAGS_LIFE = Duration.ofMinutes(10);
    /** Somebody may sign the image, or the tag may be moved to one that is signed. */
    private static final Duration REFUSAL_LIFE = Duration.ofMinutes(2);

    private static final Duration TROUBLE_LIFE = Duration.ofSeconds(20);
    private static final int REMEMBERED = 500;

    private final Registry registry;
    private final Cosign cosign;
    private final TrustSource trusts;
    private final CatalogSource catalog;
    private final Clock clock;
    private final Map<Question, Remembered<Tags>> tags = Recent.map(REMEMBERED);
    private final Map<Question, Remembered<ImageVerdict>> verdicts = Recent.map(REMEMBERED);

    /** Everything that the answer depends on. */
    private record Question(Repository repository, Optional<Login> login, String version, Optional<Trust> trust) {}

    private record Remembered<T>(T value, Instant until) {}

    ImageSource(Registry registry, OperatorConfig config, CatalogSource catalog, Clock clock) {
        this.registry = registry;
        this.cosign = new Cosign(registry);
        this.trusts = new TrustSource(config.trust());
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Only of a repository that the Cluster names. */
    Tags tags(ClusterSpec spec, References references) {
        if (named(spec).isEmpty()) {
            return new Tags.NotAsked();
        }
        var question = question(spec, references, "", Optional.empty());
        return remembered(tags, question).orElseGet(() -> {
            var read = read(question);
            var life = read instanceof Tags.Failed ? TROUBLE_LIFE : TAGS_LIFE;
            tags.put(question, new Remembered<>(read, clock.instant().plus(life)));
            return read;
        });
    }

    private Tags read(Question question) {
        try {
            return new Tags.Read(registry.tags(question.repository(), question.login()));
        } catch (RegistryException problem) {
            return new Tags.Failed(problem.getMessage());
        }
    }

    /** @param version tag of the image */
    ImageVerdict verify(Cluster cluster, String version, References references) {
        var spec = cluster.getSpec();
        try {
            var trust = trusts.of(spec.verify(), references);
            var question = question(spec, references, version, Optional.of(trust));
            return remembered(verdicts, question).orElseGet(() -> {
                var verdict = verify(question);
                var life = verdict instanceof ImageVerdict.Refused ? REFUSAL_LIFE : TROUBLE_LIFE;
                verdicts.put(question, new Remembered<>(verdict, clock.instant().plus(life)));
                return verdict;
            });
        } catch (TrustSource.NoTrust nobody) {
            return new ImageVerdict.Refused(nobody.reason(), nobody.getMessage());
        }
    }

    private ImageVerdict verify(Question question) {
        var image = question.repository() + ":" + question.version();
        try {
            var manifest = registry.manifest(question.repository(), question.version(), question.login());
            if (manifest.isEmpty()) {
                return new ImageVerdict.Refused("ImageNotFound", "The registry has no image %s.".formatted(image));
            }
            var digest = manifest.get().digest();
            var verdict = cosign.verify(
                    question.repository(), digest, question.trust().orElseThrow(), question.login());
            return switch (verdict) {
                case Verdict.Good good -> new ImageVerdict.Verified(digest);
                case Verdict.Unsigned none ->
                    new ImageVerdict.Refused(
                            "ImageNotSigned", "Image %s (%s) is not signed; it is not run.".formatted(image, digest));
                case Verdict.Wrong wrong ->
                    new ImageVerdict.Refused(
                            "SignatureNotTrusted",
                            "Image %s (%s) is not run: the signature %s.".formatted(image, digest, wrong.why()));
            };
        } catch (RegistryException problem) {
            var message = "The signature of %s could not be looked up: %s.".formatted(image, problem.getMessage());
            return problem.passing()
                    ? new ImageVerdict.Unknown("RegistryUnreachable", message)
                    : new ImageVerdict.Refused("RegistryRefused", message);
        }
    }

    private <T> Optional<T> remembered(Map<Question, Remembered<T>> answers, Question question) {
        return Optional.ofNullable(answers.get(question))
                .filter(known -> known.until().isAfter(clock.instant()))
                .map(Remembered::value);
    }

    private Question question(ClusterSpec spec, References references, String version, Optional<Trust> trust) {
        var repository = Repository.of(named(spec).orElse(catalog.current().repository()));
        var login = pullSecrets(spec)
                .flatMap(name -> references.value(name, ".dockerconfigjson").stream())
                .map(config -> new String(Base64.getDecoder().decode(config), StandardCharsets.UTF_8))
                .flatMap(config -> Login.of(config, repository.host()).stream())
                .findFirst();
        return new Question(repository, login, version, trust);
    }

    static Stream<String> pullSecrets(ClusterSpec spec) {
        return Optional.ofNullable(spec.image()).map(ImageSpec::pullSecrets).orElse(List.of()).stream()
                .map(LocalObjectReference::getName);
    }

    private static Optional<String> named(ClusterSpec spec) {
        return Optional.ofNullable(spec.image()).map(ImageSpec::repository);
    }
}
