package io.romancy.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.error.RomancyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    @ParameterizedTest
    @CsvSource({"order_processing, 1", "a/b/c, 12", "'  spaced ', 2147483647", "7, 7", "\u4e2d\u6587, 3"})
    void isStoredAsNameAndVersionAndComesBack(String workflow, int version) {
        var route = new Route(workflow, version);

        assertThat(route.text()).isEqualTo(workflow + "/" + version).isEqualTo(route.toString());
        assertThat(Route.parse(route.text())).isEqualTo(route);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void startsAtVersionOne(int version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Route("order", version))
                .withMessageContaining(String.valueOf(version));
    }

    @Test
    void fitsWithItsVersionIntoTheColumn() {
        assertThat(new Route("x".repeat(253), 1).text()).hasSize(255);
        assertThatThrownBy(() -> new Route("x".repeat(253), 10)).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> new Route(" ", 1)).isInstanceOf(RomancyException.class);
    }
}
