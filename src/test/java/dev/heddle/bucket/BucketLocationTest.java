package dev.heddle.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketLocationTest {

    @ParameterizedTest
    @CsvSource({
        "backups, backups, ''",
        "'  backups ', backups, ''",
        "s3://backups, backups, ''",
        "s3://backups/, backups, ''",
        "s3://backups/prod, backups, prod",
        "s3://backups//prod/eu/, backups, prod/eu",
        "s3://my.bucket-1/a b/ü, my.bucket-1, a b/ü",
        "a12, a12, ''"
    })
    void readsBucketsAndUrls(String text, String bucket, String prefix) {
        var location = BucketLocation.of(text);

        assertThat(location.bucket()).isEqualTo(bucket);
        assertThat(location.prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ab",
                "Backups",
                "back_ups",
                "-backups",
                "backups-",
                "back..ups",
                "192.168.0.1",
                "backups/prod",
                "https://backups.example.org",
                "gs://backups",
                "s3:/backups",
                "s3://",
                "s3:///prod",
                "s3://Backups/prod",
                "s3://backups/a//b",
                "s3://backups/../other",
                "s3://backups/./a",
                "s3://backups/a\u0000b",
                "s3://user:key@backups/prod"
            })
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> BucketLocation.of(text));
    }

    @Test
    void refusesNamesAndPrefixesThatAreTooLong() {
        assertThat(BucketLocation.of("a".repeat(63)).bucket()).hasSize(63);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BucketLocation.of("a".repeat(64)))
                .withMessageContaining("3 to 63");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BucketLocation.of("s3://backups/" + "a".repeat(513)))
                .withMessageContaining("512");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minio:9000",
                "ftp://minio",
                "http:///path",
                "http://user:key@minio",
                "http://minio?x=y",
                "http://minio#x",
                "minio"
            })
    void refusesEndpointsThatAreNone(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BucketLocation.of("backups")
                        .withServer(Optional.of(URI.create(endpoint)), Optional.empty(), true, Optional.empty()))
                .withMessageContaining("endpoint");
    }

    @Test
    void refusesRegionsThatWouldEndUpInTheNameOfAHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BucketLocation.of("backups")
                        .withServer(Optional.empty(), Optional.of("evil.example.org/"), false, Optional.empty()))
                .withMessageContaining("region");
    }

    @Test
    void joinsKeys() {
        var location = BucketLocation.of("s3://backups/prod");

        assertThat(location.key("b1/x")).isEqualTo("prod/b1/x");
        assertThat(location.withPrefix("/").key("b1/x")).isEqualTo("b1/x");
        assertThat(location.url()).isEqualTo("s3://backups/prod");
        assertThat(location.withPrefix("").url()).isEqualTo("s3://backups");
    }

    @Test
    void credentialsHideThemselves() {
        var credentials = new BucketCredentials("AKIA-VISIBLE", "very-secret", Optional.of("token"));

        var location = BucketLocation.of("backups").withCredentials(Optional.of(credentials));

        assertThat(location + " " + credentials)
                .doesNotContain("AKIA-VISIBLE")
                .doesNotContain("very-secret")
                .doesNotContain("token");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BucketCredentials("key", " ", Optional.empty()))
                .withMessageNotContaining("key\"");
    }
}
