package io.romancy.testkit.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The programs of one PostgreSQL, and how to run them. They refuse to run as root, so root runs them as the user {@code nobody}. */
final class Programs {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

    private final Path folder;

    private Programs(Path folder) {
        this.folder = folder;
    }

    /** Those that the environment asks for, else those of the class path, which are unpacked once for this JVM. */
    static Programs chosen() {
        Path installed = PostgresVersion.chosen();
        return new Programs(installed == null ? Unpacked.FOLDER : installed);
    }

    static Programs installed(String version) {
        return new Programs(PostgresVersion.installed(version));
    }

    /** Runs one to its end, and returns what it said; fails if it does. */
    String run(Path in, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(folder.resolve(program).toString());
        command.addAll(List.of(arguments));
        return execute(in, asSomebody(command));
    }

    /** What this command becomes if it must not be run by root. */
    static List<String> asSomebody(List<String> command) {
        List<String> whole = new ArrayList<>(isRoot() ? AS_NOBODY : List.of());
        whole.addAll(command);
        return whole;
    }

    /** A new folder for the data of a program, that whoever runs it may write. */
    static Path newFolder(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        own(folder);
        return folder;
    }

    /** Gives a file or folder to whoever runs the programs. */
    static void own(Path path) throws IOException {
        if (isRoot()) {
            var users = path.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(path, users.lookupPrincipalByName("nobody"));
        }
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + folder, e);
        }
    }

    /** Runs a command to its end. Its output goes to a file: a server inherits it, and would hold a pipe open. */
    static String execute(@Nullable Path in, List<String> command) throws IOException {
        Path output = Files.createTempFile("romancy-postgres-", ".out");
        try {
            var process = new ProcessBuilder(command)
                    .directory(in == null ? null : in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end in 2 minutes: " + Files.readString(output));
            }
            String said = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new IOException(command + " failed: " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The archive of the class path, unpacked when it is first needed, and removed when the JVM ends. */
    private static final class Unpacked {
        static final Path FOLDER = unpack();

        private static Path unpack() {
            try {
                Path folder = newFolder("romancy-postgres-programs-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "romancy-postgres-remove"));
                Path archive = folder.resolve("postgres.txz");
                try (var packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), machine())) {
                    Files.copy(packed, archive);
                }
                execute(folder, List.of("tar", "-xJf", archive.toString(), "-C", folder.toString()));
                Files.delete(archive);
                execute(folder, List.of("chmod", "-R", "a+rX", folder.toString()));
                return folder.resolve("bin");
            } catch (IOException e) {
                throw new UncheckedIOException("the PostgreSQL of the class path could not be unpacked", e);
            }
        }

        private static String system() {
            String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            return name.startsWith("mac") ? "Darwin" : "Linux";
        }

        private static String machine() {
            return System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        }
    }
}
