package dev.heddle.core.migration;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast it goes and how long it still takes, from what was done in the last half minute. Not for several threads. */
public final class Pace {
    private static final long WINDOW = Duration.ofSeconds(30).toMillis();

    private record Point(long millis, long done) {}

    private final Deque<Point> points = new ArrayDeque<>();

    /** @param done so far; less than before begins anew */
    public void at(long millis, long done) {
        if (!points.isEmpty() && done < points.getLast().done) {
            points.clear();
        }
        points.addLast(new Point(millis, done));
        while (points.size() > 2 && millis - points.getFirst().millis > WINDOW) {
            points.removeFirst();
        }
    }

    public double perSecond() {
        if (points.size() < 2) {
            return 0;
        }
        var time = points.getLast().millis - points.getFirst().millis;
        return time == 0 ? 0 : 1000.0 * (points.getLast().done - points.getFirst().done) / time;
    }

    /** -1 where nobody knows. */
    public long secondsLeft(long left) {
        var rate = perSecond();
        return left <= 0 ? 0 : rate <= 0 ? -1 : (long) Math.ceil(left / rate);
    }
}
