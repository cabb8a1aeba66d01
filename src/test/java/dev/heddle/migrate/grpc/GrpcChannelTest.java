package dev.heddle.migrate.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.CollectionShape.Property;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.StoredVector;
import dev.heddle.migrate.MigrationException;
import dev.heddle.migrate.wire.AggregateReply;
import dev.heddle.migrate.wire.BatchObjectsReply;
import dev.heddle.migrate.wire.BatchObjectsRequest;
import dev.heddle.migrate.wire.ConsistencyLevel;
import dev.heddle.migrate.wire.MetadataResult;
import dev.heddle.migrate.wire.Properties;
import dev.heddle.migrate.wire.PropertiesResult;
import dev.heddle.migrate.wire.SearchReply;
import dev.heddle.migrate.wire.SearchRequest;
import dev.heddle.migrate.wire.SearchResult;
import dev.heddle.migrate.wire.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What travels, both ways. */
@Timeout(120)
class GrpcChannelTest extends WithGrpcServer {
    private static final CollectionShape SHAPE = new CollectionShape(
            "Article",
            true,
            List.of(new Property("title", List.of("text"), List.of())),
            Map.of("", false, "named", false));

    private static SearchResult.Builder result(String id) {
        return SearchResult.newBuilder()
                .setMetadata(MetadataResult.newBuilder()
                        .setId(id)
                        .setCreationTimeUnix(5)
                        .setCreationTimeUnixPresent(true)
                        .setLastUpdateTimeUnix(6)
                        .setLastUpdateTimeUnixPresent(true));
    }

    private static SearchRequest search(Buffer body) {
        try {
            return SearchRequest.parseFrom(body.getBytes());
        } catch (InvalidProtocolBufferException foreign) {
            throw new AssertionError(foreign);
        }
    }

    @Test
    void readsAPage() throws Exception {
        var asked = new CopyOnWriteArrayList<String>();
        var vector = new StoredVector.Single(new float[] {1, -0f});
        BiConsumer<HttpServerRequest, Buffer> answer = (request, body) -> {
            var search = search(body);
            asked.add(request.path() + " " + request.getHeader("authorization"));
            asked.add("%s %s %s %d %s"
                    .formatted(
                            search.getCollection(),
                            search.getTenant(),
                            search.getAfter(),
                            search.getLimit(),
                            search.getMetadata().getVectorsList()));
            var result = result("00000000-0000-0000-0000-0000000000ff")
                    .setProperties(PropertiesResult.newBuilder()
                            .setNonRefProps(Properties.newBuilder()
                                    .putFields(
                                            "title",
                                            Value.newBuilder().setTextValue("x").build())));
            result.getMetadataBuilder().setVectorBytes(VectorBytes.bytes(vector.values()));
            GrpcServer.good(request, SearchReply.newBuilder().addResults(result).build());
        };
        with(LONG, answer, channel -> {
            var page = channel.read(SHAPE, PLACE, Optional.of(new UUID(0, 1)), 7);
            assertThat(page).singleElement().satisfies(object -> {
                assertThat(object.id()).isEqualTo(new UUID(0, 0xff));
                assertThat(object.properties()).hasToString("{\"title\":\"x\"}");
                assertThat(object.vectors()).isEqualTo(Map.of("", vector));
                assertThat(object.times()).isEqualTo(new StoredObject.Times(5, 6));
                assertThat(object.bytes()).isPositive();
            });
        });
        assertThat(asked)
                .containsExactly(
                        "/weaviate.v1.Weaviate/Search Bearer the-key",
                        "Article t 00000000-0000-0000-0000-000000000001 7 [named]");
    }

    /** Objects that gRPC cannot tell whole come from the other channel. */
    @Test
    void leavesToRestWhatGrpcWouldLose() throws Exception {
        var most = Value.newBuilder().setIntValue(Long.MIN_VALUE).build();
        var reply = SearchReply.newBuilder()
                .addResults(result("00000000-0000-0000-0000-000000000001")
                        .setProperties(PropertiesResult.newBuilder()
                                .setNonRefProps(Properties.newBuilder().putFields("n", most))))
                .build();
        with(LONG, (request, body) -> GrpcServer.good(request, reply), channel -> {
            assertThat(channel.read(SHAPE, PLACE, Optional.empty(), 7)).containsExactly(Fallback.OBJECT);
            var references = new CollectionShape(
                    "Article", true, List.of(new Property("by", List.of("Author"), List.of())), Map.of("", false));
            assertThat(channel.read(references, PLACE, Optional.empty(), 7)).containsExactly(Fallback.OBJECT);
        });
    }

    /** "All" leaves out blobs, so where there is one each property is named. */
    @Test
    void asksForBlobsByName() {
        var nested =
                List.of(new Property("b", List.of("blob"), List.of()), new Property("t", List.of("text[]"), List.of()));
        var shape = new CollectionShape(
                "Article",
                false,
                List.of(
                        new Property("title", List.of("text"), List.of()),
                        new Property("by", List.of("Author"), List.of()),
                        new Property("o", List.of("object[]"), nested)),
                Map.of());
        var properties =
                SearchRequests.objects(shape, PLACE, Optional.empty(), 1).getProperties();
        assertThat(properties.getReturnAllNonrefProperties()).isFalse();
        assertThat(properties.getNonRefPropertiesList()).containsExactly("title");
        assertThat(properties.getObjectProperties(0).getPropName()).isEqualTo("o");
        assertThat(properties.getObjectProperties(0).getPrimitivePropertiesList())
                .containsExactly("b", "t");
        assertThat(SearchRequests.objects(SHAPE, PLACE, Optional.empty(), 1)
                        .getProperties()
                        .getReturnAllNonrefProperties())
                .isTrue();
    }

    @Test
    void asksForHalfAPageWhereOneIsTooLarge() throws Exception {
        var limits = new CopyOnWriteArrayList<Integer>();
        BiConsumer<HttpServerRequest, Buffer> answer = (request, body) -> {
            var limit = search(body).getLimit();
            limits.add(limit);
            switch (limits.size()) {
                case 1 -> GrpcServer.badAtOnce(request, 8, "grpc: trying to send message larger than max (1 vs. 0)");
                case 2 ->
                    GrpcServer.begin(request)
                            .write(Buffer.buffer().appendByte((byte) 0).appendInt(GrpcCalls.LARGEST_MESSAGE_BYTES + 1));
                default -> GrpcServer.good(request, SearchReply.getDefaultInstance());
            }
        };
        with(LONG, answer, channel -> assertThat(channel.ids(PLACE, Optional.empty(), 100))
                .isEmpty());
        assertThat(limits).containsExactly(100, 50, 25);
    }

    @Test
    void writesABatchAndTellsWhoWasRefused() throws Exception {
        var batches = new CopyOnWriteArrayList<BatchObjectsRequest>();
        BiConsumer<HttpServerRequest, Buffer> answer = (request, body) -> {
            try {
                batches.add(BatchObjectsRequest.parseFrom(body.getBytes()));
            } catch (InvalidProtocolBufferException foreign) {
                throw new AssertionError(foreign);
            }
            GrpcServer.good(
                    request,
                    BatchObjectsReply.newBuilder()
                            .addErrors(BatchObjectsReply.BatchError.newBuilder()
                                    .setIndex(1)
                                    .setError("no"))
                            .addErrors(BatchObjectsReply.BatchError.newBuilder()
                                    .setIndex(1)
                                    .setError("again"))
                            .build());
        };
        var vectors = Map.<String, StoredVector>of(
                "", new StoredVector.Single(new float[] {1}),
                "many", new StoredVector.Multi(new float[][] {{1}}),
                "none", new StoredVector.Multi(new float[0][]));
        with(LONG, answer, channel -> assertThat(channel.write(
                                SHAPE,
                                PLACE,
                                List.of(object(new UUID(0, 1), vectors), object(new UUID(0, 2), Map.of())))
                        .errors())
                .isEqualTo(Map.of(new UUID(0, 2), "no")));
        assertThat(batches).singleElement().satisfies(batch -> {
            assertThat(batch.getConsistencyLevel()).isEqualTo(ConsistencyLevel.CONSISTENCY_LEVEL_QUORUM);
            var first = batch.getObjects(0);
            assertThat(first.getTenant()).isEqualTo("t");
            assertThat(first.getVectorBytes()).isEqualTo(VectorBytes.bytes(new float[] {1}));
            assertThat(first.getVectorsList())
                    .extracting(vector -> vector.getName())
                    .containsExactly("many");
        });
    }

    @Test
    void refusesErrorsOfObjectsThatWereNotSent() throws Exception {
        var reply = BatchObjectsReply.newBuilder()
                .addErrors(BatchObjectsReply.BatchError.newBuilder().setIndex(1).setError("no"))
                .build();
        with(LONG, (request, body) -> GrpcServer.good(request, reply), channel -> assertThatThrownBy(
                        () -> channel.write(SHAPE, PLACE, List.of(object(new UUID(0, 1), Map.of()))))
                .isInstanceOf(MigrationException.Malformed.class));
    }

    @Test
    void counts() throws Exception {
        var reply = AggregateReply.newBuilder()
                .setSingleResult(AggregateReply.Single.newBuilder().setObjectsCount(5_000_000_000L))
                .build();
        with(LONG, (request, body) -> GrpcServer.good(request, reply), channel -> assertThat(channel.count(PLACE))
                .isEqualTo(5_000_000_000L));
        with(
                LONG,
                (request, body) -> GrpcServer.good(request, AggregateReply.getDefaultInstance()),
                channel -> assertThatThrownBy(() -> channel.count(PLACE))
                        .isInstanceOf(MigrationException.Malformed.class));
    }

    @ParameterizedTest
    @CsvSource({"'',true", "not-an-id,true", "00000000-0000-0000-0000-000000000001,false"})
    void refusesObjectsWithoutIdOrTime(String id, boolean time) throws Exception {
        var result = result(id);
        result.getMetadataBuilder().setLastUpdateTimeUnixPresent(time);
        var reply = SearchReply.newBuilder().addResults(result).build();
        with(LONG, (request, body) -> GrpcServer.good(request, reply), channel -> {
            assertThatThrownBy(() -> channel.read(SHAPE, PLACE, Optional.empty(), 1))
                    .isInstanceOf(MigrationException.Malformed.class);
            assertThatThrownBy(() -> channel.ids(PLACE, Optional.empty(), 1))
                    .isInstanceOf(MigrationException.Malformed.class);
        });
    }
}
