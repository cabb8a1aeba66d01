package dev.heddle.core.migration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A part of the ids of a place, which Weaviate orders as unsigned numbers of 128 bits.
 *
 * @param after exclusive; empty for the beginning
 * @param upTo inclusive; empty for the end
 */
public record IdRange(Optional<UUID> after, Optional<UUID> upTo) {
    public static final IdRange ALL = new IdRange(Optional.empty(), Optional.empty());
    private static final BigInteger LAST = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    /** The order of ids; {@link UUID#compareTo} has another one, with signs. */
    public static int compare(UUID one, UUID other) {
        var high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    /** To read from an id on with a cursor, which excludes where it begins; empty before the first of all. */
    public static Optional<UUID> before(UUID id) {
        var number = number(id);
        return number.signum() == 0 ? Optional.empty() : Optional.of(id(number.subtract(BigInteger.ONE)));
    }

    /** Of everything from one id to another, both included. */
    public static IdRange including(UUID first, UUID last) {
        return new IdRange(before(first), Optional.of(last));
    }

    public boolean contains(UUID id) {
        return after.map(start -> compare(id, start) > 0).orElse(true) && !isBehind(id);
    }

    /** Whether an id comes after the whole range. */
    public boolean isBehind(UUID id) {
        return upTo.map(end -> compare(id, end) > 0).orElse(false);
    }

    /** What is left when everything up to an id is done. */
    public IdRange from(UUID done) {
        return new IdRange(Optional.of(done), upTo);
    }

    /** The half-way point, which belongs to the first half; empty where there is none. */
    public Optional<UUID> middle() {
        var low = after.map(IdRange::number).orElse(BigInteger.ZERO);
        var high = upTo.map(IdRange::number).orElse(LAST);
        var middle = low.add(high).shiftRight(1);
        return middle.compareTo(low) <= 0 || middle.compareTo(high) >= 0 ? Optional.empty() : Optional.of(id(middle));
    }

    /** As a fraction of all ids. */
    public double width() {
        var low = after.map(IdRange::number).orElse(BigInteger.ZERO);
        var high = upTo.map(IdRange::number).orElse(LAST);
        return high.subtract(low).doubleValue() / LAST.doubleValue();
    }

    /**
     * Parts of equal width, which together cover every id.
     *
     * @param first known to be the smallest id
     * @param last known to be the greatest
     */
    public static List<IdRange> split(UUID first, UUID last, int parts) {
        var low = number(first);
        var width = number(last).subtract(low).divide(BigInteger.valueOf(parts));
        var ranges = new ArrayList<IdRange>();
        Optional<UUID> after = Optional.empty();
        for (var part = 1; part < parts && width.signum() > 0; part++) {
            var end = Optional.of(id(low.add(width.multiply(BigInteger.valueOf(part)))));
            ranges.add(new IdRange(after, end));
            after = end;
        }
        ranges.add(new IdRange(after, Optional.empty()));
        return List.copyOf(ranges);
    }

    private static BigInteger number(UUID id) {
        return unsigned(id.getMostSignificantBits()).shiftLeft(64).or(unsigned(id.getLeastSignificantBits()));
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    private static UUID id(BigInteger number) {
        return new UUID(number.shiftRight(64).longValue(), number.longValue());
    }
}
