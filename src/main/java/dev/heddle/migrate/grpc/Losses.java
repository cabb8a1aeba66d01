package dev.heddle.migrate.grpc;

import dev.heddle.core.migration.CollectionShape;
import dev.heddle.migrate.wire.ListValue;
import dev.heddle.migrate.wire.Properties;
import dev.heddle.migrate.wire.SearchReply;
import dev.heddle.migrate.wire.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What Weaviate's gRPC API does not tell whole, seen on 1.35.2 and 1.36.0 (docs/dev/weaviate-facts.md). */
final class Losses {
    private Losses() {}

    /** References: it tells the objects that they lead to, so not those whose object is gone. */
    static boolean reading(CollectionShape shape) {
        return !shape.references().isEmpty();
    }

    /**
     * Whether a whole number stands at the end of what 64 bits hold: Weaviate keeps them as float64, and turns one that
     * has been rounded up to 2^63 into -2^63 (or, on ARM, into 2^63 - 1).
     */
    static boolean in(SearchReply reply) {
        return reply.getResultsList().stream()
                .anyMatch(result -> in(result.getProperties().getNonRefProps()));
    }

    private static boolean in(Properties properties) {
        return properties.getFieldsMap().values().stream().anyMatch(Losses::in);
    }

    private static boolean in(Value value) {
        return switch (value.getKindCase()) {
            case INT_VALUE -> extreme(value.getIntValue());
            case OBJECT_VALUE -> in(value.getObjectValue());
            case LIST_VALUE -> in(value.getListValue());
            default -> false;
        };
    }

    private static boolean in(ListValue list) {
        return switch (list.getKindCase()) {
            case INT_VALUES -> extreme(list.getIntValues().getValues().asReadOnlyByteBuffer());
            case OBJECT_VALUES ->
                list.getObjectValues().getValuesList().stream().anyMatch(Losses::in);
            default -> false;
        };
    }

    private static boolean extreme(ByteBuffer numbers) {
        numbers.order(ByteOrder.LITTLE_ENDIAN);
        while (numbers.remaining() >= Long.BYTES) {
            if (extreme(numbers.getLong())) {
                return true;
            }
        }
        return false;
    }

    private static boolean extreme(long number) {
        return number == Long.MIN_VALUE || number == Long.MAX_VALUE;
    }
}
