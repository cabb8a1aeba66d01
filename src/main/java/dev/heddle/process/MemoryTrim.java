package dev.heddle.process;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.nativeimage.ImageInfo;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;
import org.jboss.logging.Logger;

/**
 * Gives back what only the start or a burst needed. More than half of a native image's resident memory are pages of
 * its own file (code and read-only heap); most are touched once. Dropping them from the process costs some soft page
 * faults for those that are needed again, and nothing else: they stay in the page cache.
 */
@ApplicationScoped
public class MemoryTrim {
    private static final Logger LOG = Logger.getLogger(MemoryTrim.class);
    /** madvise(2): drop the pages now, read them again from the file when touched. */
    private static final int MADV_DONTNEED = 4;

    @Scheduled(every = "5m", delayed = "5s")
    void trim() {
        if (!ImageInfo.inImageRuntimeCode()) {
            return;
        }
        System.gc();
        try (var lines = Files.lines(Path.of("/proc/self/smaps"))) {
            Mapping.parse(lines).stream()
                    .filter(Mapping::isCopyOfFile)
                    .forEach(mapping -> LibC.madvise(
                            WordFactory.pointer(mapping.start()),
                            WordFactory.unsigned(mapping.end() - mapping.start()),
                            MADV_DONTNEED));
        } catch (IOException unreadable) {
            LOG.debugf("Memory is not trimmed: %s", unreadable.getMessage());
        }
    }

    private static final class LibC {
        @CFunction("madvise")
        static native int madvise(PointerBase start, UnsignedWord length, int advice);
    }
}
