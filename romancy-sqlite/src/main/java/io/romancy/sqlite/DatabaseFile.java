package io.romancy.sqlite;

import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file that a URL names.
 *
 * @param path absolute
 */
record DatabaseFile(Path path) {
    static final String URL_PREFIX = "jdbc:sqlite:";

    static DatabaseFile of(StorageSettings settings) {
        String name = settings.url().substring(URL_PREFIX.length());
        if (name.isBlank() || name.contains(":memory:")) {
            throw refuse(
                    settings,
                    "each connection to SQLite in memory is a database of its own, and nothing would survive",
                    "Name a file; for tests there is romancy:memory:<name> in romancy-testkit");
        }
        if (name.contains("?")) {
            throw refuse(
                    settings,
                    "parameters in the URL could undo what the storage relies on",
                    "Take them away; what can be set are the properties " + Options.SYNCHRONOUS + " and "
                            + Options.BUSY_TIMEOUT);
        }
        if (name.startsWith(":resource:")) {
            throw refuse(settings, "a resource cannot be written", "Name a file");
        }
        try {
            return new DatabaseFile(
                    Path.of(withoutScheme(name)).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw refuse(settings, "it is no path: " + e.getReason(), "Name a file");
        }
    }

    private static String withoutScheme(String name) {
        if (!name.startsWith("file:")) {
            return name;
        }
        String rest = name.substring("file:".length());
        return rest.startsWith("///") ? rest.substring(2) : rest;
    }

    String jdbcUrl() {
        return URL_PREFIX + path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    /**
     * Makes sure that there is a file which can be written. The file must exist before the driver opens it: the driver tries a name by
     * creating and deleting it, and of two that open a new file at once, one could delete what the other has just begun to fill.
     */
    void prepare() {
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw unusable("its folder '" + folder + "' does not exist or is no folder", "Create it", null);
        }
        try {
            Files.createFile(path);
        } catch (FileAlreadyExistsException e) {
            requireUsable(folder);
        } catch (IOException e) {
            throw unusable("it cannot be created (" + e + ")", "Choose a folder that this process may write to", e);
        }
    }

    /** The same for every name that leads to the file. It must exist. */
    Path realPath() {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw unusable("it is gone again (" + e + ")", "Leave it where it is while it is used", e);
        }
    }

    private void requireUsable(Path folder) {
        if (!Files.isRegularFile(path)) {
            throw unusable("it is no regular file", "Name a file, or one that does not exist yet", null);
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            throw unusable("this process may not read and write it", "Change its owner or its permissions", null);
        }
        if (!Files.isWritable(folder)) {
            throw unusable(
                    "SQLite keeps two files beside it, and this process may not create files in '" + folder + "'",
                    "Change the folder's owner or permissions",
                    null);
        }
    }

    private RomancyException unusable(String reason, String remedy, @Nullable Throwable cause) {
        return new RomancyException(
                ErrorCode.STORAGE_FILE,
                "SQLite file '" + path + "' cannot be used: " + reason + ". " + remedy + ".",
                cause);
    }

    private static RomancyException refuse(StorageSettings settings, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.INVALID_OPTION,
                "URL '" + settings.maskedUrl() + "' is refused: " + reason + ". " + remedy + ".");
    }
}
