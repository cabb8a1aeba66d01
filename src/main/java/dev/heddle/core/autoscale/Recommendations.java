package dev.heddle.core.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;

/**
 * Highest and lowest recommendation over any window that ends now. Of each only what can still decide is kept: an older
 * one that a newer one outdoes never will. So there are as many entries as different numbers of nodes, however long
 * the window.
 */
public final class Recommendations {
    private final List<Entry> highs;
    private final List<Entry> lows;

    private record Entry(Instant at, int nodes) {}

    private Recommendations(List<Entry> highs, List<Entry> lows) {
        this.highs = highs;
        this.lows = lows;
    }

    /** Nothing is known of before, so that what there is counts as what was recommended until now. */
    public static Recommendations startingWith(int nodes, Instant now) {
        var first = List.of(new Entry(now, nodes));
        return new Recommendations(first, first);
    }

    /** @param memory how long entries are of interest */
    public Recommendations with(int nodes, Instant now, Duration memory) {
        var next = new Entry(now, nodes);
        var since = now.minus(memory);
        return new Recommendations(
                Stream.concat(
                                highs.stream()
                                        .filter(entry -> entry.nodes() > nodes
                                                && !entry.at().isBefore(since)),
                                Stream.of(next))
                        .toList(),
                Stream.concat(
                                lows.stream()
                                        .filter(entry -> entry.nodes() < nodes
                                                && !entry.at().isBefore(since)),
                                Stream.of(next))
                        .toList());
    }

    int highest(Instant since) {
        return extreme(highs, since, Math::max);
    }

    int lowest(Instant since) {
        return extreme(lows, since, Math::min);
    }

    private static int extreme(List<Entry> entries, Instant since, IntBinaryOperator better) {
        int newest = entries.getLast().nodes();
        return entries.stream()
                .filter(entry -> !entry.at().isBefore(since))
                .mapToInt(Entry::nodes)
                .reduce(newest, better);
    }
}
