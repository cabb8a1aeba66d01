package dev.heddle.migrate;

/** A faster way for objects than REST. */
public interface ObjectTransport {

    /** Connects when it is first used. @param rest carries what this way would lose; is closed with it */
    ObjectChannel open(Access access, ObjectChannel rest);
}
