package dev.heddle.core.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static UUID id(long high) {
        return new UUID(high << 32, 0);
    }

    private static StoredObject object(UUID id) {
        return new StoredObject(
                id, JsonNodeFactory.instance.objectNode(), Map.of(), Map.of(), new StoredObject.Times(0, 0), 1);
    }

    private static List<Place> tenants(int howMany) {
        return IntStream.range(0, howMany)
                .mapToObj(index -> Place.of("Note", "tenant-%08d".formatted(index)))
                .toList();
    }

    @Test
    void twentyThousandTenantsFitIntoAConfigMap() {
        var places = tenants(20_000);
        var ledger = Ledger.of(places);
        var open = new ArrayList<Ledger.Part>();
        while (true) {
            var place = ledger.openNext();
            if (place.isEmpty()) {
                break;
            }
            ledger.ranges(place.get(), List.of(IdRange.ALL));
            open.add(ledger.take().orElseThrow());
            if (open.size() == 16) {
                ledger.finish(open.remove(open.size() / 2));
            }
        }
        assertThat(ledger.runs()).hasSizeLessThanOrEqualTo(17);
        assertThat(ledger.openPlaces()).hasSize(15);
        var again = new Ledger(places, ledger.runs(), ledger.openPlaces(), true);
        var left = 0;
        while (again.openNext().isPresent()) {
            left++;
        }
        assertThat(left).isEqualTo(15);
    }

    @Test
    void aPageThatWasReadIsNotWrittenTwiceAfterASplit() {
        var ledger = Ledger.of(List.of(Place.of("A")));
        ledger.openNext();
        ledger.ranges(Place.of("A"), List.of(IdRange.ALL));
        var part = ledger.take().orElseThrow();
        var half = ledger.split().orElseThrow();
        var page = List.of(object(id(1)), object(id(0x90000000L)));
        assertThat(ledger.claim(part, page)).containsExactly(page.getFirst());
        assertThat(ledger.claim(half, page)).containsExactly(page.getLast());
        assertThat(ledger.left(part).upTo()).isEqualTo(ledger.left(half).after());
    }

    @Test
    void whatIsClaimedIsNotGivenAway() {
        var ledger = Ledger.of(List.of(Place.of("A")));
        ledger.openNext();
        ledger.ranges(Place.of("A"), List.of(IdRange.ALL));
        var part = ledger.take().orElseThrow();
        ledger.claim(part, List.of(object(id(0x90000000L))));
        var half = ledger.split().orElseThrow();
        assertThat(IdRange.compare(ledger.left(half).after().orElseThrow(), id(0x90000000L)))
                .isPositive();
    }

    @Test
    void nothingIsSavedAsDoneBeforeItIsAcknowledged() {
        var ledger = Ledger.of(List.of(Place.of("A"), Place.of("B")));
        ledger.openNext();
        ledger.ranges(Place.of("A"), List.of(IdRange.ALL));
        var part = ledger.take().orElseThrow();
        ledger.claim(part, List.of(object(id(5))));
        assertThat(ledger.openPlaces().getFirst().ranges().getFirst().after()).isNull();
        ledger.acknowledge(part, id(5));
        assertThat(ledger.openPlaces().getFirst().ranges().getFirst().after()).isEqualTo(id(5));
        assertThat(ledger.finish(part)).isTrue();
        assertThat(ledger.runs()).hasSize(1);
    }

    @Test
    void whatWasOpenStaysSoUntilSomebodyTakesItUp() {
        var range = new Checkpoint.OpenRange(id(3), null);
        var open = new Checkpoint.OpenPlace(new Checkpoint.Key("B", null), List.of(range));
        var ledger = new Ledger(List.of(Place.of("A"), Place.of("B")), List.of(), List.of(open), true);
        assertThat(ledger.openPlaces()).containsExactly(open);
        ledger.openNext();
        assertThat(ledger.openPlaces()).containsExactly(open);
        assertThat(ledger.leftOf(Place.of("B"))).contains(List.of(new IdRange(Optional.of(id(3)), Optional.empty())));
        assertThat(ledger.leftOf(Place.of("A"))).isEmpty();
    }
}
