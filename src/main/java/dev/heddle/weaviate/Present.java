package dev.heddle.weaviate;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Lists of a reply that was not checked: absent ones are empty, and null is not an element. */
final class Present {
    private Present() {}

    static <T> List<T> of(List<T> list) {
        return Stream.ofNullable(list)
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .toList();
    }
}
