package dev.heddle.core.migration;

/**
 * How many objects are asked for at once, so that a page stays small enough for memory and large enough to be quick.
 *
 * @param most by count
 */
public record PageSize(int most, int next) {
    /** Of a page on the wire. */
    public static final long BYTES = 2 << 20;

    private static final int FIRST = 25;

    /** Small at first: an object may have 100 vectors. */
    public static PageSize first(int most) {
        return new PageSize(most, Math.min(most, FIRST));
    }

    /** @param objects of the page that was read, at least one */
    public PageSize after(int objects, long bytes) {
        var fitting = BYTES * objects / Math.max(1, bytes);
        return new PageSize(most, (int) Math.clamp(fitting, 1, Math.min(most, 4L * next)));
    }
}
