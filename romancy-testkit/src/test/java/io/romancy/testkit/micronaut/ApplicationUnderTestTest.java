package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.annotation.MockBean;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.api.Romancy;
import io.romancy.api.activity.Activity;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import io.romancy.testkit.record.EventConditions;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** An application whose time is skipped and whose activities are replaced, in its own context. */
@MicronautTest(transactional = false)
@RomancyTest
class ApplicationUnderTestTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Inject
    TestRomancy test;

    @Inject
    Romancy romancy;

    @Inject
    Mails mails;

    /** A stand-in that extends the bean has its activities, intercepted like those of the bean. */
    @MockBean(Mails.class)
    static class RecordedMails extends Mails {
        final List<String> sent = new CopyOnWriteArrayList<>();

        @Override
        @Activity("mail")
        String send(String text) {
            sent.add(text);
            return text;
        }
    }

    private List<String> sent() {
        return ((RecordedMails) mails).sent;
    }

    @Test
    void timeIsSkippedInTheApplicationsEngine() {
        var trial = romancy.start(Trial.class, "Ada");

        test.time().skip(Duration.ofDays(29));
        assertThat(sent()).containsExactly("welcome Ada");
        test.time().skip(Duration.ofDays(1));

        assertThat(trial.result(DEADLINE)).isEqualTo("goodbye Ada");
        assertThat(sent()).containsExactly("welcome Ada", "goodbye Ada");
    }

    @Test
    void aStubStandsInForAnActivity() {
        var mail = test.stub("mail").fails(new IOException("no server")).times(2);

        var trial = test.start(Trial.class, "Bob");
        test.time().skip(Duration.ofDays(31));

        assertThat(trial.result(DEADLINE)).isEqualTo("goodbye Bob");
        assertThat(mail.calls()).isEqualTo(4);
        test.events().await(EventConditions.retried(trial.id()));
    }

    @Test
    void aTestAsksForItAsAParameter(TestRomancy asked) {
        assertThat(asked).isSameAs(test);
        assertThat(asked.workers().count()).isEqualTo(1);
        assertThat(asked.workers().get(0).status().node())
                .isEqualTo(romancy.status().node());
    }
}
