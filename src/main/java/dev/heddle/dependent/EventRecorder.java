package dev.heddle.dependent;

import dev.heddle.core.status.Announcement;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/** Writes events to resources. An event that cannot be written is logged and never stops the work. */
@ApplicationScoped
public class EventRecorder {
    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    /** The API server refuses longer ones. */
    private static final int MAX_MESSAGE = 1024;

    private final KubernetesClient client;
    private final Clock clock;
    private final MeterRegistry meters;

    EventRecorder(KubernetesClient client, Clock clock, MeterRegistry meters) {
        this.client = client;
        this.clock = clock;
        this.meters = meters;
    }

    public void record(HasMetadata about, Announcement news) {
        var now = clock.instant();
        var type = news.warning() ? "Warning" : "Normal";
        LOG.infof(
                "%s %s/%s: %s: %s",
                type, about.getMetadata().getNamespace(), about.getMetadata().getName(), news.reason(), news.message());
        meters.counter("heddle.events", "type", type, "reason", news.reason()).increment();
        var message = news.message().length() > MAX_MESSAGE
                ? news.message().substring(0, MAX_MESSAGE - 1) + "…"
                : news.message();
        var event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getMetadata().getNamespace())
                .withName("%s.%x".formatted(about.getMetadata().getName(), nanoseconds(now)))
                .endMetadata()
                .withType(type)
                .withReason(news.reason())
                .withMessage(message)
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .endInvolvedObject()
                .withNewSource("heddle", null)
                .withFirstTimestamp(now.truncatedTo(ChronoUnit.SECONDS).toString())
                .withLastTimestamp(now.truncatedTo(ChronoUnit.SECONDS).toString())
                .withCount(1)
                .withReportingComponent("heddle")
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException refused) {
            LOG.warnf(
                    "Event %s for %s/%s was not written: HTTP %d",
                    news.reason(),
                    about.getMetadata().getNamespace(),
                    about.getMetadata().getName(),
                    refused.getCode());
        }
    }

    private static long nanoseconds(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
