package dev.heddle.migrate;

import dev.heddle.core.migration.Checkpoint;
import dev.heddle.core.migration.MigrationProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Keeps the checkpoint in a file, and the progress in another one next to it, whose name ends in {@code .progress}. */
final class FileProgressStore implements ProgressStore {
    private final Path file;

    FileProgressStore(Path file) {
        this.file = file;
    }

    @Override
    public Optional<Checkpoint> load() throws MigrationException {
        try {
            return Files.exists(file)
                    ? Optional.of(MigrationDocuments.checkpoint(Files.readString(file)))
                    : Optional.empty();
        } catch (IOException problem) {
            throw new MigrationException.Malformed(file + ": " + problem);
        }
    }

    @Override
    public void save(Checkpoint checkpoint, MigrationProgress progress) throws MigrationException {
        replace(file, MigrationDocuments.write(checkpoint));
        replace(file.resolveSibling(file.getFileName() + ".progress"), MigrationDocuments.write(progress));
    }

    /** A process that dies in between leaves the former content. */
    private static void replace(Path file, String content) throws MigrationException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new MigrationException.Unreachable(file + ": " + problem);
        }
    }
}
