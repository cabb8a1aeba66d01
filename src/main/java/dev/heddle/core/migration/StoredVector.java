package dev.heddle.core.migration;

import java.util.Arrays;

/** A vector of an object; equal when each number is, bit by bit. */
public sealed interface StoredVector {
    /** Size in memory. */
    long bytes();

    record Single(float[] values) implements StoredVector {
        @Override
        public long bytes() {
            return 4L * values.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Single single && Arrays.equals(values, single.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return values.length + " numbers";
        }
    }

    /** One vector for each token, as ColBERT makes them. */
    record Multi(float[][] values) implements StoredVector {
        @Override
        public long bytes() {
            return Arrays.stream(values).mapToLong(row -> 16 + 4L * row.length).sum();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Multi multi && Arrays.deepEquals(values, multi.values);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(values);
        }

        @Override
        public String toString() {
            return values.length + " vectors";
        }
    }
}
