package io.romancy.testkit.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL for tests that the system property {@value #PROPERTY}, or else the environment variable {@value #VARIABLE}, asks for: the
 * number of a version whose programs are installed where Debian's packages put them. Without one, the server of the class path is used.
 */
final class PostgresVersion {
    static final String PROPERTY = "romancy.test.postgres.version";
    static final String VARIABLE = "ROMANCY_TEST_POSTGRES_VERSION";

    private PostgresVersion() {}

    /** The folder of the programs that were asked for; null for those of the class path. */
    static @Nullable Path chosen() {
        String asked = System.getProperty(PROPERTY);
        String version = asked == null ? System.getenv(VARIABLE) : asked;
        return version == null || version.isBlank() ? null : installed(version.strip());
    }

    static boolean isInstalled(String version) {
        return Files.isExecutable(folder(version).resolve("initdb"));
    }

    static Path installed(String version) {
        if (!isInstalled(version)) {
            throw new IllegalStateException("PostgreSQL " + version + " is asked for by " + PROPERTY + " or " + VARIABLE
                    + ", and its programs are not in " + folder(version) + ". On Debian: apt-get install postgresql-"
                    + version);
        }
        return folder(version);
    }

    private static Path folder(String version) {
        return Path.of("/usr/lib/postgresql", version, "bin");
    }
}
