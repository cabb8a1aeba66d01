package dev.heddle.core.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeTest {

    @Test
    void mergesMapsAndReplacesTheRest() {
        Map<String, Object> base = Map.of(
                "keep", 1, "replace", 1, "list", List.of(1, 2), "map", Map.of("a", 1, "b", Map.of("c", 1, "d", 1)));
        Map<String, Object> over = Map.of(
                "replace", 2, "list", List.of(3), "map", Map.of("b", Map.of("c", 2), "e", 2), "new", Map.of("f", 2));

        assertThat(Merge.deep(base, over))
                .isEqualTo(Map.of(
                        "keep", 1,
                        "replace", 2,
                        "list", List.of(3),
                        "map", Map.of("a", 1, "b", Map.of("c", 2, "d", 1), "e", 2),
                        "new", Map.of("f", 2)));
    }

    @Test
    void replacesWhereTheShapesDiffer() {
        assertThat(Merge.deep(Map.of("x", Map.of("a", 1)), Map.of("x", "text"))).isEqualTo(Map.of("x", "text"));
        assertThat(Merge.deep(Map.of("x", "text"), Map.of("x", Map.of("a", 1)))).isEqualTo(Map.of("x", Map.of("a", 1)));
    }

    @Test
    void changesNeitherArgument() {
        var base = new HashMap<String, Object>(Map.of("map", new HashMap<>(Map.of("a", 1))));
        var over = new HashMap<String, Object>(Map.of("map", new HashMap<>(Map.of("b", 2))));

        Merge.deep(base, over);

        assertThat(base).isEqualTo(Map.of("map", Map.of("a", 1)));
        assertThat(over).isEqualTo(Map.of("map", Map.of("b", 2)));
    }

    /** "storage:" with nothing behind it is null in YAML. */
    @Test
    void standsNulls() {
        var nothing = new HashMap<String, Object>();
        nothing.put("storage", null);

        assertThat(Merge.deep(nothing, Map.of("storage", Map.of("size", "1Gi"))))
                .isEqualTo(Map.of("storage", Map.of("size", "1Gi")));
        assertThat(Merge.deep(Map.of("storage", Map.of("size", "1Gi")), nothing))
                .isEqualTo(nothing);
        assertThat(Merge.deep(Map.of(), nothing)).isEqualTo(nothing);
    }
}
