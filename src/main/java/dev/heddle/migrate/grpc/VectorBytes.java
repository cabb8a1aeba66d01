package dev.heddle.migrate.grpc;

import com.google.protobuf.ByteString;
import dev.heddle.core.migration.StoredVector;
import dev.heddle.migrate.MigrationException;
import dev.heddle.migrate.wire.Vectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers as Weaviate packs them: little-endian; before a multi-vector stands, in two bytes, how many numbers each of
 * its vectors has ({@code usecases/byteops} of Weaviate).
 */
final class VectorBytes {
    private static final int LARGEST_DIMENSION = 0xFFFF;

    private VectorBytes() {}

    static float[] single(ByteString bytes, String what) throws MigrationException {
        return floats(whole(bytes, Float.BYTES, what));
    }

    static StoredVector named(Vectors vector) throws MigrationException {
        var what = "vector " + vector.getName();
        return switch (vector.getType()) {
            case VECTOR_TYPE_SINGLE_FP32, VECTOR_TYPE_UNSPECIFIED ->
                new StoredVector.Single(single(vector.getVectorBytes(), what));
            case VECTOR_TYPE_MULTI_FP32 -> new StoredVector.Multi(multi(vector.getVectorBytes(), what));
            case UNRECOGNIZED -> throw new MigrationException.Malformed(what + " has an unknown type");
        };
    }

    private static float[][] multi(ByteString bytes, String what) throws MigrationException {
        if (bytes.isEmpty()) {
            return new float[0][];
        }
        if (bytes.size() < Short.BYTES) {
            throw new MigrationException.Malformed(what + " is cut off");
        }
        var dimension = Short.toUnsignedInt(
                bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getShort());
        var rest = bytes.substring(Short.BYTES);
        if (dimension == 0 || rest.size() % (dimension * Float.BYTES) != 0) {
            throw new MigrationException.Malformed(
                    "%s: %d bytes do not make vectors of %d numbers".formatted(what, rest.size(), dimension));
        }
        var numbers = rest.asReadOnlyByteBuffer().slice();
        var rows = new float[rest.size() / (dimension * Float.BYTES)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = floats(numbers.slice(i * dimension * Float.BYTES, dimension * Float.BYTES));
        }
        return rows;
    }

    static ByteString bytes(float[] numbers) {
        return ByteString.copyFrom(append(ByteBuffer.allocate(numbers.length * Float.BYTES), numbers)
                .flip());
    }

    static Vectors named(String name, StoredVector vector) throws MigrationException {
        var named = Vectors.newBuilder().setName(name);
        return switch (vector) {
            case StoredVector.Single single ->
                named.setType(Vectors.VectorType.VECTOR_TYPE_SINGLE_FP32)
                        .setVectorBytes(bytes(single.values()))
                        .build();
            case StoredVector.Multi multi ->
                named.setType(Vectors.VectorType.VECTOR_TYPE_MULTI_FP32)
                        .setVectorBytes(bytes(multi.values(), name))
                        .build();
        };
    }

    private static ByteString bytes(float[][] rows, String name) throws MigrationException {
        var dimension = rows.length == 0 ? 0 : rows[0].length;
        var even = Arrays.stream(rows).allMatch(row -> row.length == dimension);
        if (!even || dimension == 0 || dimension > LARGEST_DIMENSION) {
            throw new MigrationException.Impossible("vector %s: its vectors must all have the same length, from 1 to %d"
                    .formatted(name, LARGEST_DIMENSION));
        }
        var bytes = ByteBuffer.allocate(Short.BYTES + rows.length * dimension * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) dimension);
        for (var row : rows) {
            append(bytes, row);
        }
        return ByteString.copyFrom(bytes.flip());
    }

    /** For {@code number[]} and {@code int[]}. */
    static ByteBuffer whole(ByteString bytes, int width, String what) throws MigrationException {
        if (bytes.size() % width != 0) {
            throw new MigrationException.Malformed(
                    "%s: %d bytes are no whole count of %d".formatted(what, bytes.size(), width));
        }
        return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    static ByteString bytes(double[] numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(numbers);
        return ByteString.copyFrom(bytes);
    }

    private static float[] floats(ByteBuffer bytes) {
        var numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }

    private static ByteBuffer append(ByteBuffer bytes, float[] numbers) {
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
        return bytes.position(bytes.position() + numbers.length * Float.BYTES);
    }
}
