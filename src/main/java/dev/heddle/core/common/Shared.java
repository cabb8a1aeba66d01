package dev.heddle.core.common;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Gives for equal values the same object, as far as it remembers: objects of Kubernetes are full of equal parts, each
 * read into an object of its own. What is handed to it must not be changed any more.
 */
public final class Shared {
    private final AtomicReferenceArray<Object> known;

    /** @param size how many values it remembers, a power of two; a new one replaces an older one of similar hash */
    public Shared(int size) {
        known = new AtomicReferenceArray<>(size);
    }

    /**
     * An equal value that was seen before, else this one; null for null. Equal means written alike as well, which two
     * equal quantities need not be.
     */
    @SuppressWarnings("unchecked")
    public <T> T of(T value) {
        if (value == null) {
            return null;
        }
        int hash = value.hashCode();
        int slot = (hash ^ hash >>> 16) & known.length() - 1;
        var before = known.get(slot);
        if (value.equals(before) && value.toString().equals(before.toString())) {
            return (T) before;
        }
        known.set(slot, value);
        return value;
    }
}
