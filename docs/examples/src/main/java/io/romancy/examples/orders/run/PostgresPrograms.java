package io.romancy.examples.orders.run;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs of the PostgreSQL on the class path. They refuse to run as root, so root runs them as somebody with fewer rights. */
final class PostgresPrograms {
    private static final int MINUTES = 3;

    private final Path folder;
    private final List<String> lessRights;

    private PostgresPrograms(Path folder, List<String> lessRights) {
        this.folder = folder;
        this.lessRights = lessRights;
    }

    static PostgresPrograms unpacked() throws IOException {
        return new PostgresPrograms(PostgresArchive.unpacked(), lessRights());
    }

    /** Runs a program to its end; fails if the program does. */
    void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(lessRights);
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        // A file and no pipe: the server inherits it and would hold a pipe open.
        var output = Files.createTempFile("orders-postgres-", ".out");
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end in " + MINUTES + " minutes: " + Files.readString(output));
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** A new folder in which the programs may write. */
    Path newFolder(Path folder) throws IOException {
        Files.createDirectory(folder);
        if (lessRights.contains("setpriv")) {
            var owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(folder, owner);
        }
        return folder;
    }

    /** In a user namespace root is nobody in particular; where namespaces are forbidden, as in many containers, be nobody. */
    private static List<String> lessRights() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        return LinuxUtils.isUnshareAvailable()
                ? List.of("unshare", "-U")
                : List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
    }
}
