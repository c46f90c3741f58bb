package io.romancy.testkit.micronaut;

import io.micronaut.test.annotation.MockBean;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.api.Romancy;
import io.romancy.testkit.RomancyTest;
import org.junit.jupiter.api.Test;

/** Replaces a bean by a method, although its activity is one that the package sees only. Run by {@link ApplicationRefusalsTest}. */
@MicronautTest(transactional = false)
@RomancyTest
class HiddenMock {
    @MockBean(Mails.class)
    Mails mails() {
        return new Mails() {
            @Override
            String send(String text) {
                return text;
            }
        };
    }

    @Test
    void never(Romancy romancy) {}
}
