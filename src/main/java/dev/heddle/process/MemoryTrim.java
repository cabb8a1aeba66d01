package dev.heddle.process;

import io.quarkus.runtime.ImageMode;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    /** Bytes that the process may grow by. */
    private static final long SLACK = 24 << 20;

    /** Bytes of its file that may come back; about 16 MiB are in daily use. */
    private static final long FILE_SLACK = 24 << 20;

    /** Processor time between two looks of a process that works: a tenth of one processor. */
    private static final Duration WORK = Duration.ofMillis(500);

    /** Looks without work or growth until the next trim: the one before may have been in the middle of a burst. */
    private static final int AGAIN = 2;

    /** What was resident right after the last time. */
    private Resident trimmed = new Resident(0, 0);

    private Duration worked = Duration.ZERO;
    private int againIn;

    /**
     * Resident memory.
     *
     * @param total bytes
     * @param file bytes of it that are pages of files
     */
    record Resident(long total, long file) {

        /** Reads the lines of /proc/self/status; 0 for what they do not tell. */
        static Resident of(Stream<String> status) {
            var lines = status.toList();
            return new Resident(bytes(lines, "VmRSS:"), bytes(lines, "RssFile:"));
        }

        private static long bytes(List<String> lines, String name) {
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }

        private static Resident now() throws IOException {
            try (var lines = Files.lines(Path.of("/proc/self/status"))) {
                return of(lines);
            }
        }
    }

    @Scheduled(every = "5s", delayed = "5s")
    void trim() {
        if (ImageMode.current() != ImageMode.NATIVE_RUN) {
            return;
        }
        try {
            var resident = Resident.now();
            if (due(resident, processorTime())) {
                System.gc();
                dropFilePages();
                trimmed = Resident.now();
            } else if (fileDue(resident)) {
                dropFilePages();
                trimmed = new Resident(trimmed.total(), Resident.now().file());
            }
        } catch (IOException unreadable) {
            LOG.debugf("Memory is not trimmed: %s", unreadable.getMessage());
        }
    }

    /** @param total processor time since the start */
    boolean due(Resident resident, Duration total) {
        boolean grown = resident.total() > trimmed.total() + SLACK;
        boolean works = total.minus(worked).compareTo(WORK) > 0;
        worked = total;
        againIn = grown || works ? AGAIN : againIn - 1;
        return grown || againIn == 0;
    }

    /** What is seldom done, such as a look at all clusters, touches much of the file for a moment. */
    boolean fileDue(Resident resident) {
        return resident.file() > trimmed.file() + FILE_SLACK;
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

    private static final class LibC {
        @CFunction("madvise")
        static native int madvise(PointerBase start, UnsignedWord length, int advice);
    }
}
