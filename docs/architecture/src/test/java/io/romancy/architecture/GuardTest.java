package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardTest {

    @ParameterizedTest
    @EnumSource
    void seesEnoughClassesOf(Part part) {
        assertThat(part.classes())
                .as("main classes found in %s", part.packages())
                .hasSizeGreaterThanOrEqualTo(part.atLeast());
    }

    @Test
    void everyClassBelongsToAPart() {
        var homeless = Part.ALL.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> !belongsToAPart(name))
                .sorted();

        assertThat(homeless)
                .as("packages outside every part: no rule looks at them")
                .isEmpty();
    }

    private static boolean belongsToAPart(String packageName) {
        for (var part : Part.values()) {
            if ((packageName + ".").startsWith(part.packages().replace("..", "."))) {
                return true;
            }
        }
        return false;
    }
}
