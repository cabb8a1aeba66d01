package dev.heddle.core.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How fast: pages, writes at once, and what is told of it. */
class PacesTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void busyHalvesOnceASecondAndSuccessRaisesSlowly() {
        var limit = AdaptiveLimit.of(8, 0).busy(0).busy(1).busy(SECOND / 2);
        assertThat(limit.whole()).isEqualTo(4);
        limit = limit.busy(SECOND).busy(2 * SECOND).busy(3 * SECOND).busy(4 * SECOND);
        assertThat(limit.whole()).isEqualTo(1);
        for (var success = 0; success < 40; success++) {
            limit = limit.succeeded();
        }
        assertThat(limit.whole()).isEqualTo(8);
    }

    @Test
    void pagesGrowToTwoMebibytesAtMost() {
        var size = PageSize.first(500);
        assertThat(size.next()).isEqualTo(25);
        size = size.after(25, 25 * 3_000);
        assertThat(size.next()).isEqualTo(100);
        assertThat(size.after(100, 100 * 3_000).next()).isEqualTo(400);
        assertThat(size.after(100, 100 * 100_000).next()).isEqualTo(20);
        assertThat(size.after(1, 50 << 20).next()).isEqualTo(1);
    }

    @Test
    void paceOfTheLastHalfMinute() {
        var pace = new Pace();
        assertThat(pace.secondsLeft(10)).isEqualTo(-1);
        pace.at(0, 0);
        pace.at(10_000, 1000);
        assertThat(pace.perSecond()).isEqualTo(100);
        assertThat(pace.secondsLeft(250)).isEqualTo(3);
        pace.at(60_000, 1000);
        pace.at(70_000, 1000);
        assertThat(pace.secondsLeft(1)).isEqualTo(-1);
        pace.at(71_000, 5);
        assertThat(pace.perSecond()).isZero();
    }
}
