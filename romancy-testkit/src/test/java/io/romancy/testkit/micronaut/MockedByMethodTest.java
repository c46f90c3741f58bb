package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.annotation.MockBean;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.api.Romancy;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A bean with activities is replaced by what a method of the test makes, and its activities are steps all the same. */
@MicronautTest(transactional = false)
@RomancyTest
class MockedByMethodTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @Inject
    TestRomancy test;

    @Inject
    Romancy romancy;

    @MockBean(Payments.class)
    Payments payments() {
        return new Payments() {
            @Override
            public String charge(String customer) {
                calls.add("charged " + customer);
                return "receipt " + calls.size();
            }

            @Override
            public void refund(String customer) {
                calls.add("refunded " + customer);
            }
        };
    }

    @Test
    void itRunsOnceAndItsResultIsRecorded() {
        var purchase = romancy.start(Purchase.class, "Ada");
        test.time().skip(Duration.ofDays(1));

        assertThat(purchase.result(DEADLINE)).isEqualTo("receipt 1");
        assertThat(calls).as("the replay after the wait has it from the record").containsExactly("charged Ada");
        assertThat(test.history(purchase.id()).toString()).contains("charge:1");
    }

    @Test
    void itTakesBackWhatItDid() {
        var purchase = romancy.start(Purchase.class, "nobody");
        test.time().skip(Duration.ofDays(1));

        assertThatThrownBy(() -> purchase.result(DEADLINE)).hasStackTraceContaining("it was for nobody");
        assertThat(calls).containsExactly("charged nobody", "refunded nobody");
        assertThat(test.history(purchase.id()).toString())
                .as("what is woven around the mock is woven around this call too")
                .contains("refund:1");
    }

    @Test
    void aStubStandsInForItToo() {
        var charge = test.stub("charge").fails(new IOException("closed")).times(2);
        var purchase = romancy.start(Purchase.class, "Bob");
        test.time().skip(Duration.ofDays(2));

        assertThat(purchase.result(DEADLINE)).isEqualTo("receipt 1");
        assertThat(charge.calls()).isEqualTo(3);
    }
}
