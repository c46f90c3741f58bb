package io.romancy.spi;

/**
 * What ServiceLoader finds in a storage module: it says which databases it is for, and opens them. Needs a public constructor without
 * parameters; creating one must cost nothing and open nothing.
 */
public interface StorageProvider {
    /** A short name, such as {@code postgres}; the value of the option {@code storage} that picks this provider by name. */
    String id();

    /** Whether the settings are of a database that this provider opens; looks at the URL only. */
    boolean supports(StorageSettings settings);

    /**
     * Opens the storage: connects, checks the schema and, if the settings allow it, migrates it; safe while other workers do the same.
     * Blocks. Throws a {@code RomancyException} whose message names the database, never the password.
     */
    Storage open(StorageSettings settings, StorageContext context);
}
