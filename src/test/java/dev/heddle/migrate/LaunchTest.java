package dev.heddle.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can get wrong on the command line and in the plan. */
class LaunchTest {
    private static final String SIDES = """
            "source":{"url":"http://a","type":"HTTP"%s},"target":{"url":"http://b","type":"HTTP"}""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | --plan is missing",
                "--plan | --plan needs a value",
                "--nope x | unknown option --nope",
                "--plan a --plan b | --plan is given twice",
                "--plan a | either --progress or --progress-configmap is needed",
                "--plan a --progress b --progress-configmap c/d | either --progress or --progress-configmap is needed",
                "--plan a --progress-configmap c | --progress-configmap is not of the form NAMESPACE/NAME: c"
            })
    void commandLines(String line, String words) {
        var arguments = line.isEmpty() ? new String[0] : line.split(" ");
        assertThat(catchThrowableOfType(Arguments.Wrong.class, () -> Arguments.of(arguments)))
                .hasMessage(words);
    }

    private Arguments.Wrong launched(String plan) throws IOException {
        var file = Files.writeString(folder.resolve("plan.json"), plan);
        var launch = new Launch(
                new Launch.Programs(
                        () -> {
                            throw new AssertionError("nothing may be asked");
                        },
                        () -> {
                            throw new AssertionError("no Kubernetes may be asked");
                        },
                        () -> {
                            throw new AssertionError("no gRPC may be used");
                        }),
                Clock.systemUTC(),
                new PrintStream(PrintStream.nullOutputStream()),
                new StopSignal());
        var arguments = new Arguments(file, Optional.of(folder.resolve("progress")), Optional.empty());
        return catchThrowableOfType(Arguments.Wrong.class, () -> launch.run(arguments));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"id\":\"m\",\"nope\":1}", "{\"id\":\"m\",\"mode\":\"MOVE\"}"})
    void plansThatCannotBeUnderstood(String plan) throws IOException {
        assertThat(launched(plan)).hasMessageContaining("plan");
    }

    @Test
    void plansThatMakeNoSense() throws IOException {
        assertThat(launched("{}")).hasMessageContaining("id is missing; source is missing; target is missing");
        assertThat(launched("{\"id\":\"m\"," + SIDES.formatted("").replace("//b", "//a") + "}"))
                .hasMessageContaining("are the same");
    }

    @Test
    void filesThatAreNotThere() throws IOException {
        assertThat(launched("{\"id\":\"m\"," + SIDES.formatted(",\"apiKeyFile\":\"/nowhere/key\"") + "}"))
                .hasMessageContaining("source.apiKeyFile: /nowhere/key cannot be read");
        assertThat(launched("{\"id\":\"m\"," + SIDES.formatted(",\"caFile\":\"/nowhere/ca\"") + "}"))
                .hasMessageContaining("source.caFile: /nowhere/ca cannot be read");
        var empty = Files.writeString(folder.resolve("key"), "\n");
        assertThat(launched("{\"id\":\"m\"," + SIDES.formatted(",\"apiKeyFile\":\"" + empty + "\"") + "}"))
                .hasMessageContaining("holds no key");
    }

    @Test
    void progressInAFile() throws MigrationException, IOException {
        var world = new Histories();
        world.fill(new Random(1), 100);
        world.attempt();
        var store = new FileProgressStore(folder.resolve("progress"));
        assertThat(store.load()).isEmpty();
        var checkpoint = MigrationDocuments.checkpoint(world.checkpoint.orElseThrow());
        store.save(checkpoint, world.progress);
        assertThat(store.load()).contains(checkpoint);
        assertThat(MigrationDocuments.progress(Files.readString(folder.resolve("progress.progress"))))
                .isEqualTo(world.progress);
        Files.writeString(folder.resolve("progress"), "{\"version\":1");
        assertThat(catchThrowableOfType(MigrationException.Malformed.class, store::load))
                .isNotNull();
        var nowhere = new FileProgressStore(folder.resolve("no/folder"));
        assertThat(catchThrowableOfType(
                        MigrationException.Unreachable.class, () -> nowhere.save(checkpoint, world.progress)))
                .isNotNull();
    }
}
