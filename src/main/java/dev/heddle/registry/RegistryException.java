package dev.heddle.registry;

/** A registry could not be read. The message is for people and holds nothing that the registry sent. */
public final class RegistryException extends Exception {
    private final boolean passing;

    /** @param passing whether asking again may help */
    RegistryException(boolean passing, String message) {
        super(message);
        this.passing = passing;
    }

    public boolean passing() {
        return passing;
    }
}
