package dev.heddle.migrate.grpc;

import static dev.heddle.migrate.grpc.PropertiesMappingTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.heddle.core.migration.StoredVector;
import dev.heddle.migrate.MigrationException;
import dev.heddle.migrate.wire.Vectors;
import dev.heddle.migrate.wire.Vectors.VectorType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes as in the tests of Weaviate's own {@code usecases/byteops}. */
class VectorBytesTest {
    private static final ByteString SINGLE =
            bytes(0xcd, 0xcc, 0x8c, 0x3f, 0xcd, 0xcc, 0x0c, 0x40, 0x33, 0x33, 0x53, 0x40);
    private static final StoredVector.Multi MATRIX =
            new StoredVector.Multi(new float[][] {{1.1f, 2.2f, 3.3f}, {1.1f, 2.2f, 3.3f}});

    @Test
    void packsAsWeaviateDoes() throws Exception {
        assertThat(VectorBytes.bytes(new float[] {1.1f, 2.2f, 3.3f})).isEqualTo(SINGLE);
        var multi = VectorBytes.named("m", MATRIX);
        assertThat(multi.getVectorBytes()).isEqualTo(bytes(3, 0).concat(SINGLE).concat(SINGLE));
        assertThat(multi.getType()).isEqualTo(VectorType.VECTOR_TYPE_MULTI_FP32);
    }

    @ParameterizedTest
    @MethodSource
    void comesBackBitByBit(StoredVector vector) throws Exception {
        assertThat(VectorBytes.named(VectorBytes.named("v", vector))).isEqualTo(vector);
    }

    static Stream<StoredVector> comesBackBitByBit() {
        return Stream.of(
                new StoredVector.Single(new float[] {-0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f}),
                new StoredVector.Single(new float[0]),
                new StoredVector.Multi(new float[][] {{1}, {-0f}, {Float.MIN_VALUE}}),
                new StoredVector.Multi(new float[][] {new float[0xFFFF]}),
                MATRIX);
    }

    /** Weaviate before it had types. */
    @Test
    void takesNoTypeForASingleOne() throws Exception {
        var vector = Vectors.newBuilder().setName("v").setVectorBytes(SINGLE).build();
        assertThat(VectorBytes.named(vector)).isEqualTo(new StoredVector.Single(new float[] {1.1f, 2.2f, 3.3f}));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsCutOff(int type, ByteString packed) {
        var vector = Vectors.newBuilder()
                .setName("v")
                .setTypeValue(type)
                .setVectorBytes(packed)
                .build();
        assertThatThrownBy(() -> VectorBytes.named(vector))
                .isInstanceOf(MigrationException.Malformed.class)
                .hasMessageContaining("vector v");
    }

    static Stream<Arguments> refusesWhatIsCutOff() {
        return Stream.of(
                Arguments.of(VectorType.VECTOR_TYPE_SINGLE_FP32_VALUE, bytes(1, 2, 3)),
                Arguments.of(VectorType.VECTOR_TYPE_SINGLE_FP32_VALUE, bytes(1, 2, 3, 4, 5)),
                Arguments.of(VectorType.VECTOR_TYPE_MULTI_FP32_VALUE, bytes(1)),
                Arguments.of(VectorType.VECTOR_TYPE_MULTI_FP32_VALUE, bytes(0, 0, 1, 2, 3, 4)),
                Arguments.of(VectorType.VECTOR_TYPE_MULTI_FP32_VALUE, bytes(2, 0, 1, 2, 3, 4)),
                Arguments.of(7, SINGLE));
    }

    @ParameterizedTest
    @MethodSource
    void refusesMatricesThatHaveNoForm(StoredVector vector) {
        assertThatThrownBy(() -> VectorBytes.named("v", vector))
                .isInstanceOf(MigrationException.Impossible.class)
                .hasMessageContaining("vector v");
    }

    static Stream<StoredVector> refusesMatricesThatHaveNoForm() {
        return Stream.of(
                new StoredVector.Multi(new float[][] {{1}, {1, 2}}),
                new StoredVector.Multi(new float[][] {{}}),
                new StoredVector.Multi(new float[][] {new float[0x10000]}));
    }
}
