package io.romancy.testkit.determinism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowType;
import io.romancy.engine.discovery.WorkflowRegistry;
import io.romancy.testkit.elsewhere.FarBase;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    @Test
    void findsEachCallWithItsPlace() {
        var findings = Determinism.allowing().findings(Misbehaved.class);

        assertThat(findings.stream().map(finding -> finding.method() + " " + finding.call()))
                .containsExactlyInAnyOrder(
                        "<init> java.util.Random.<init>",
                        "clock java.time.Instant.now",
                        "clock java.lang.System.nanoTime",
                        "chance java.util.UUID.randomUUID",
                        "chance java.util.Collections.shuffle",
                        "threads java.lang.Thread.sleep",
                        "threads java.util.concurrent.CompletableFuture.supplyAsync",
                        "threads java.util.concurrent.CompletableFuture.join",
                        "threads java.util.concurrent.locks.ReentrantLock.<init>",
                        "threads java.util.concurrent.locks.ReentrantLock.lock",
                        "threads synchronized",
                        "threads java.util.List.parallelStream",
                        "locked synchronized io.romancy.testkit.determinism.Surroundings$Prices.locked",
                        "outside io.romancy.api.Romancy.handle",
                        "outside io.romancy.api.InstanceHandle.cancel",
                        "outside java.nio.file.Files.readString",
                        "outside java.lang.System.getenv",
                        "surcharge java.lang.Math.random",
                        "stock java.sql.Connection.createStatement",
                        "stock java.sql.Statement.executeQuery",
                        "stock java.sql.ResultSet.next",
                        "stock java.sql.ResultSet.getInt",
                        "stock java.sql.ResultSet.close",
                        "stock java.sql.ResultSet.close");
        assertThat(findings)
                .filteredOn(finding -> finding.call().equals("java.lang.Math.random"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.toString())
                            .startsWith(
                                    "at io.romancy.testkit.determinism.Surroundings$MoodyPrices.surcharge(Surroundings.java:"
                                            + finding.line()
                                            + ") java.lang.Math.random: a replay gets another number. Take ctx.random()")
                            .endsWith(
                                    "Reached by Misbehaved.run > Surroundings.Prices.of > Surroundings.MoodyPrices.surcharge.");
                    assertThat(finding.line()).isPositive();
                });
    }

    @Test
    void findsNothingInStepsCompensationsAndActivities() {
        assertThatCode(() -> Determinism.scan(WellBehaved.class)).doesNotThrowAnyException();
    }

    /** The scan follows lambdas, and bodies that the workflow calls itself. */
    static final class Lambdas {
        static final WorkflowType<String, String> TYPE = WorkflowType.of("x", String.class, String.class);

        static WorkflowRegistry registry() {
            Durable<String, String> lambda = (ctx, input) -> {
                Callable<Integer> month = () -> LocalDate.now(ZoneOffset.UTC).getMonthValue();
                return input + month.call();
            };
            return WorkflowRegistry.builder().add(TYPE, lambda).build();
        }
    }

    @Test
    void findsLambdas() {
        assertThat(Determinism.allowing().findings(Lambdas.class))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.method()).isEqualTo("registry");
                    assertThat(finding.call()).isEqualTo("java.time.LocalDate.now");
                });
    }

    @Test
    void findsWhatStaticFieldsHold() {
        assertThat(Determinism.allowing().findings(Statics.Moody.class))
                .extracting(finding -> finding.method() + " " + finding.call())
                .containsExactlyInAnyOrder(
                        "<clinit> java.util.Random.<init>",
                        "<clinit> java.security.SecureRandom.<init>",
                        "<clinit> java.time.Instant.now",
                        "<clinit> java.lang.System.getenv",
                        "<clinit> java.util.UUID.randomUUID");
    }

    @Test
    void constantsAndWhatOnlyStepsUseAreHarmless() {
        assertThatCode(() -> Determinism.scan(Statics.Calm.class)).doesNotThrowAnyException();
    }

    @Test
    void findsWhatAWorkflowInherits() {
        assertThat(callsOf(Inherited.OfClass.class)).containsExactly("java.util.UUID.randomUUID");
        assertThat(callsOf(Inherited.OfInterface.class)).containsExactly("java.lang.Math.random");
        assertThat(callsOf(Inherited.OfTwoInterfaces.class)).containsExactly("java.lang.System.getenv");
        assertThat(callsOf(Inherited.OfTemplate.class)).containsExactly("java.lang.System.currentTimeMillis");
    }

    @Test
    void aClockIsAsGoodAsWhatItWasMadeOf() {
        assertThat(callsOf(Clocks.Fixed.class)).isEmpty();
        assertThat(callsOf(Clocks.OfSystem.class))
                .containsExactlyInAnyOrder(
                        "java.time.Clock.tickSeconds",
                        "java.time.Clock.tickMinutes",
                        "java.time.Clock.systemUTC",
                        "java.time.LocalDate.now");
        assertThat(callsOf(Clocks.Given.class))
                .containsExactlyInAnyOrder("java.time.LocalDate.now", "java.time.Clock.millis");
    }

    @Test
    void whatIsInheritedFromElsewhereIsNoSuccess() {
        String run = FarBase.class.getName() + ".run";

        assertThatThrownBy(() -> Determinism.scan(Inherited.FromFar.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at " + Inherited.FromFar.class.getName() + ".run(Inherited.java:")
                .hasMessageContaining(run + ": it is inherited from outside of what is scanned")
                .hasMessageContaining("Scan its package, too.");

        assertThat(Determinism.allowing().findings(Inherited.FromFar.class, FarBase.class))
                .extracting(Finding::call)
                .containsExactly("java.util.UUID.randomUUID");
        assertThat(Determinism.allowing(run).findings(Inherited.FromFar.class)).isEmpty();
    }

    private static List<String> callsOf(Class<?> workflow) {
        return Determinism.allowing().findings(workflow).stream()
                .map(Finding::call)
                .toList();
    }

    @Test
    void findsLambdasOfTypesBelowDurable() {
        assertThat(Determinism.allowing().findings(Statics.class))
                .filteredOn(finding -> finding.method().equals("flow"))
                .extracting(Finding::call)
                .containsExactly("java.util.UUID.randomUUID");
    }

    @Test
    void aScanFailsWithAllOfThem() {
        assertThatThrownBy(() -> Determinism.scan(Misbehaved.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("24 calls in workflows of " + Misbehaved.class.getName())
                .hasMessageContaining("at io.romancy.testkit.determinism.Misbehaved.clock(Misbehaved.java:")
                .hasMessageContaining("Take ctx.now()");
    }

    @Test
    void whatIsAllowedIsPassedOver() {
        String place = "io.romancy.testkit.determinism.";

        assertThat(Determinism.allowing(
                                "java.sql.*",
                                "java.util.concurrent.*",
                                "java.lang.System.getenv",
                                place + "Misbehaved.clock",
                                place + "Surroundings$MoodyPrices.*")
                        .findings(Misbehaved.class))
                .extracting(Finding::call)
                .doesNotContain("java.lang.System.getenv", "java.lang.Math.random", "java.time.Instant.now")
                .contains("java.nio.file.Files.readString", "synchronized")
                .noneMatch(call -> call.startsWith("java.sql.") || call.startsWith("java.util.concurrent."));
    }

    @Test
    void aPlaceWithoutWorkflowsIsNoSuccess() {
        assertThatThrownBy(() -> Determinism.scan("io.romancy.spi.error"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("There is no workflow in io.romancy.spi.error");
        assertThatThrownBy(() -> Determinism.scan("io.romancy.testkit.determinism"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Determinism.scan(X.class)");
    }
}
