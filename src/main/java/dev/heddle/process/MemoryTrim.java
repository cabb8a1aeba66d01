package dev.heddle.process;

import io.quarkus.runtime.ImageMode;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
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

    /** Bytes that the process may grow by; about 16 MiB of its pages come back soon, because they are in daily use. */
    private static final long SLACK = 24 << 20;

    /** Bytes resident right after the last time. */
    private long trimmed;

    /** Processor time between two looks of a process that works: a tenth of one processor. */
    private static final Duration WORK = Duration.ofSeconds(1);

    /** Looks without work or growth until the next trim: the one before may have been in the middle of a burst. */
    private static final int AGAIN = 1;

    private Duration worked = Duration.ZERO;
    private int againIn;

    @Scheduled(every = "10s", delayed = "5s")
    void trim() {
        if (ImageMode.current() != ImageMode.NATIVE_RUN) {
            return;
        }
        try {
            if (due(resident(), processorTime())) {
                System.gc();
                dropFilePages();
                trimmed = resident();
            }
        } catch (IOException unreadable) {
            LOG.debugf("Memory is not trimmed: %s", unreadable.getMessage());
        }
    }

    /**
     * @param resident bytes
     * @param total processor time since the start
     */
    boolean due(long resident, Duration total) {
        boolean grown = resident > trimmed + SLACK;
        boolean works = total.minus(worked).compareTo(WORK) > 0;
        worked = total;
        againIn = grown || works ? AGAIN : againIn - 1;
        return grown || againIn == 0;
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void dropFilePages() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/smaps"))) {
            Mapping.parse(lines).stream()
                    .filter(Mapping::isCopyOfFile)
                    .forEach(mapping -> LibC.madvise(
                            WordFactory.pointer(mapping.start()),
                            WordFactory.unsigned(mapping.end() - mapping.start()),
                            MADV_DONTNEED));
        }
    }

    private static long resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return resident(lines);
        }
    }

    /** Resident memory in bytes, from the lines of /proc/self/status; 0 when they do not tell. */
    static long resident(Stream<String> status) {
        return status.filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    private static final class LibC {
        @CFunction("madvise")
        static native int madvise(PointerBase start, UnsignedWord length, int advice);
    }
}
