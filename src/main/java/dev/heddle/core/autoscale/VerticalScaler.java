package dev.heddle.core.autoscale;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.AutoScalingSpec;
import dev.heddle.api.weaviate.v1.VerticalScalingSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Raises requests in place. It only raises: what a node gave back would be taken by others before it needs it again, and
 * Weaviate does not give memory back under load.
 */
public final class VerticalScaler {
    private static final List<String> RESOURCES = List.of("cpu", "memory");
    /** Use of the request that is aimed at where no target is given, percent. */
    private static final double TARGET = 80;

    private static final double MOST_AT_ONCE = 2;
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");

    private final AutoScalingSpec scaling;
    private final VerticalScalingSpec bounds;
    private final ResourceRequirements base;

    private VerticalScaler(AutoScalingSpec scaling, ResourceRequirements base) {
        this.scaling = scaling;
        this.bounds = scaling.vertical();
        this.base = base;
    }

    /** Empty where it is switched off. */
    public static Optional<VerticalScaler> of(WeaviateClusterSpec spec) {
        return ScalingPolicy.enabled(spec)
                .filter(scaling -> scaling.vertical() != null
                        && Boolean.TRUE.equals(scaling.vertical().enabled()))
                .map(scaling ->
                        new VerticalScaler(scaling, requireNonNullElse(spec.resources(), new ResourceRequirements())));
    }

    /** Resources that have a bound, and no request that could be raised. */
    public List<String> baseless() {
        return RESOURCES.stream()
                .filter(resource -> maximum(resource).isPresent() && !raises(resource))
                .toList();
    }

    public boolean raises(String resource) {
        return maximum(resource).isPresent() && stated(base, resource) != null;
    }

    /** Requests in force, of those that can be raised, with what was raised before. */
    public Map<String, Quantity> requests(Map<String, Quantity> raised) {
        var requests = new TreeMap<String, Quantity>();
        for (var resource : RESOURCES) {
            var stated = stated(base, resource);
            if (raises(resource)) {
                requests.put(resource, quantity(resource, start(resource, stated, raised.get(resource))));
            }
        }
        return requests;
    }

    /** What the spec asks for, or was raised to before: at least the lower bound, and never above the upper one. */
    private BigDecimal start(String resource, Quantity stated, Quantity raised) {
        var low = Optional.ofNullable(bounds.minAllowed()).map(all -> all.get(resource));
        var begin = stated.getNumericalAmount();
        var most = maximum(resource).orElseThrow().getNumericalAmount().max(begin);
        return begin.max(low.map(Quantity::getNumericalAmount).orElse(begin))
                .max(raised == null ? begin : raised.getNumericalAmount())
                .min(most);
    }

    /**
     * The requests that this use asks for; those in force where it asks for no more.
     *
     * @param peaks highest use of one node
     */
    public Map<String, Quantity> decide(Map<String, Quantity> inForce, Map<String, Double> peaks) {
        var next = new TreeMap<>(inForce);
        peaks.forEach((resource, peak) -> {
            var request = inForce.get(resource);
            if (request != null) {
                double present = request.getNumericalAmount().doubleValue();
                double wanted = peak / (target(resource) / 100);
                if (wanted > present * (1 + ScalingPolicy.TOLERANCE)) {
                    var raised = BigDecimal.valueOf(Math.min(wanted, present * MOST_AT_ONCE));
                    var most = maximum(resource).orElseThrow().getNumericalAmount();
                    next.put(resource, quantity(resource, raised.min(most).max(request.getNumericalAmount())));
                }
            }
        });
        return next;
    }

    private double target(String resource) {
        var stated = "cpu".equals(resource) ? scaling.targetCPU() : scaling.targetMemory();
        return stated == null ? TARGET : stated;
    }

    private Optional<Quantity> maximum(String resource) {
        return Optional.ofNullable(bounds.maxAllowed()).map(all -> all.get(resource));
    }

    /** The request; where there is only a limit, the API server makes that the request. */
    static Quantity stated(ResourceRequirements resources, String resource) {
        return Optional.ofNullable(resources.getRequests())
                .map(all -> all.get(resource))
                .or(() -> Optional.ofNullable(resources.getLimits()).map(all -> all.get(resource)))
                .orElse(null);
    }

    /** What one node may grow to, for {@link Basis}. */
    Optional<Quantity> reachable(String resource) {
        var stated = stated(base, resource);
        return stated == null
                ? Optional.empty()
                : maximum(resource)
                        .map(most ->
                                most.getNumericalAmount().compareTo(stated.getNumericalAmount()) > 0 ? most : stated);
    }

    /** Requests with the limits along, in the ratio that they have in the spec. */
    public ResourceRequirements size(Map<String, Quantity> requests) {
        var limits = new TreeMap<String, Quantity>();
        requests.forEach((resource, request) -> Optional.ofNullable(base.getLimits())
                .map(all -> all.get(resource))
                .ifPresent(limit -> limits.put(
                        resource,
                        quantity(
                                resource,
                                limit.getNumericalAmount()
                                        .multiply(request.getNumericalAmount())
                                        .divide(
                                                stated(base, resource).getNumericalAmount(),
                                                9,
                                                RoundingMode.CEILING)))));
        var size = new ResourceRequirements();
        size.setRequests(new TreeMap<>(requests));
        size.setLimits(limits);
        return size;
    }

    /** Rounded up to a hundredth of a core, or a mebibyte; the same amount is always the same text. */
    private static Quantity quantity(String resource, BigDecimal amount) {
        if ("cpu".equals(resource)) {
            var milli = amount.divide(HUNDREDTH, 0, RoundingMode.CEILING).longValue() * 10;
            return new Quantity(milli % 1000 == 0 ? String.valueOf(milli / 1000) : milli + "m");
        }
        return new Quantity(amount.divide(MEBIBYTE, 0, RoundingMode.CEILING) + "Mi");
    }
}
