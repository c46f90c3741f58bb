package io.romancy.examples.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowContext;
import io.romancy.testkit.determinism.Determinism;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What a workflow must not call is found in its byte code, before any replay finds it. */
class DeterminismTest {
    @Test
    void noWorkflowOfTheShopAsksAClockOrAServiceByItself() {
        Determinism.scan("io.romancy.examples");
    }

    static final class Newsletter implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String reader) {
            return reader + " got the one of " + issue();
        }

        private static int issue() {
            return LocalDate.now(ZoneOffset.UTC).getMonthValue();
        }
    }

    @Test
    void aFindingSaysWhereAndWhatToDo() {
        assertThat(Determinism.allowing("java.lang.System.getProperty").findings(Newsletter.class))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.call()).isEqualTo("java.time.LocalDate.now");
                    assertThat(finding.method()).isEqualTo("issue");
                    assertThat(finding.remedy()).isEqualTo("Take ctx.now()");
                });
    }
}
