package dev.heddle.migrate.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numbers as they are read from Weaviate's REST API, which writes those without a fraction as whole ones, so that what
 * came over gRPC and what came over REST are equal. Weaviate holds every number, also an {@code int}, as a float64.
 */
final class GoNumbers {
    /** From here on Go writes an exponent, which Jackson reads as a floating point number. */
    private static final double EXPONENT_FROM = 1e21;

    private static final double EXACT_UP_TO = 1L << 53;

    private GoNumbers() {}

    static JsonNode of(double number) {
        if (number != Math.rint(number) || Math.abs(number) >= EXPONENT_FROM) {
            return DoubleNode.valueOf(number);
        }
        if (Math.abs(number) <= EXACT_UP_TO) {
            return whole((long) number);
        }
        // The shortest digits that name this number, filled up with zeros, not the number's own.
        return whole(new BigDecimal(Double.toString(number)).toBigIntegerExact());
    }

    static JsonNode of(long number) {
        return Math.abs(number) <= EXACT_UP_TO && number != Long.MIN_VALUE ? whole(number) : of((double) number);
    }

    /** A float32 is written with the digits that it takes to tell it from other float32. */
    static JsonNode of(float number) {
        return of(Double.parseDouble(Float.toString(number)));
    }

    private static JsonNode whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? whole(number.longValueExact()) : BigIntegerNode.valueOf(number);
    }

    private static JsonNode whole(long number) {
        return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }
}
