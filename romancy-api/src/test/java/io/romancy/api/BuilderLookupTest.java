package io.romancy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.engine.discovery.ServiceFolder;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuilderLookupTest {

    @Test
    void refusesToBeginWithoutAnEngineAndNamesTheWayOut(@TempDir Path folder) throws Exception {
        try (var empty = new ServiceFolder(folder)) {
            assertThatThrownBy(() -> BuilderLookup.find(empty))
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_ENGINE))
                    .hasMessageContainingAll("io.romancy.api.RomancyBuilder", "romancy-api");
        }
    }

    @Test
    void saysWhyAnEngineThatIsThereCannotBeUsed(@TempDir Path folder) throws Exception {
        try (var broken = new ServiceFolder(folder).promise(RomancyBuilder.class, "com.acme.Gone")) {
            assertThatThrownBy(() -> BuilderLookup.find(broken))
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_ENGINE))
                    .hasMessageContaining("com.acme.Gone")
                    .hasCauseInstanceOf(java.util.ServiceConfigurationError.class);
        }
    }
}
