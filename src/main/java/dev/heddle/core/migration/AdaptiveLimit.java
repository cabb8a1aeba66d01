package dev.heddle.core.migration;

/**
 * How many writes go on at once: halved when the target says that it is busy, raised by one after as many successes.
 * Additive increase and multiplicative decrease, as TCP does it.
 *
 * @param current as a fraction, 1 to {@code most}
 * @param lastCut nanoseconds, when it was halved last; what is under way then says busy too, and must not halve it again
 */
public record AdaptiveLimit(double current, int most, long lastCut) {
    private static final long ONE_SECOND = 1_000_000_000L;

    public static AdaptiveLimit of(int most, long now) {
        return new AdaptiveLimit(most, most, now - ONE_SECOND);
    }

    public int whole() {
        return (int) current;
    }

    public AdaptiveLimit succeeded() {
        return current >= most ? this : new AdaptiveLimit(Math.min(most, current + 1 / current), most, lastCut);
    }

    /** @param now nanoseconds of the clock that {@code lastCut} is of */
    public AdaptiveLimit busy(long now) {
        return now - lastCut < ONE_SECOND ? this : new AdaptiveLimit(Math.max(1, current / 2), most, now);
    }
}
