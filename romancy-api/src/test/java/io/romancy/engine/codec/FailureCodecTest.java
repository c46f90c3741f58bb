package io.romancy.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.error.ActivityFailedException;
import io.romancy.api.error.RetryLaterException;
import io.romancy.api.error.TerminalException;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureCodecTest {
    private final FailureCodec codec = new FailureCodec(FailureCodecTest.class.getClassLoader());

    @Test
    void isDescribedWithItsCode() {
        var refusal = new RomancyException(ErrorCode.WRONG_PLACE, "not here");
        var failure = codec.describe(codec.encode(refusal));

        assertThat(failure).hasToString(refusal.toString());
        assertThat(new WorkflowFailedException("order-1", failure, null))
                .hasMessageContaining("Workflow 'order-1' failed: " + refusal + ". After");
        assertThat(codec.describe(new NullPointerException())).hasToString("java.lang.NullPointerException");
    }

    @ParameterizedTest
    @MethodSource
    void givesBackTypeMessageCauseAndFrames(Throwable failure) {
        Throwable back = codec.decode(codec.encode(failure));

        assertThat(back).hasSameClassAs(failure);
        assertThat(back.getMessage()).isEqualTo(failure.getMessage());
        assertThat(back.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .startsWith(failure.getStackTrace()[0].getMethodName());
        assertThat(back.getStackTrace()[0].getLineNumber()).isEqualTo(failure.getStackTrace()[0].getLineNumber());
        if (failure.getCause() != null) {
            assertThat(back.getCause())
                    .hasSameClassAs(failure.getCause())
                    .hasMessage(failure.getCause().getMessage());
        }
    }

    static List<Throwable> givesBackTypeMessageCauseAndFrames() {
        var cause = new IOException("disk");
        return List.of(
                new IllegalStateException("state"),
                new IllegalStateException("state", cause),
                new RuntimeException(cause),
                new RuntimeException((String) null),
                new UncheckedIOException("unchecked", cause),
                new UncheckedIOException(cause),
                new TimeoutException("late"),
                new TimeoutException("late").initCause(cause),
                new SQLException("sql", cause),
                new NullPointerException(),
                new AssertionError("broken"),
                new StackOverflowError(),
                new Failures.OutOfStock("none left", cause),
                new Failures.OutOfStock("none left", null),
                Failures.messageOnly(cause),
                new Failures.Fixed(),
                new Failures.Decorated("A1", cause),
                new TerminalException("not paid"),
                new TerminalException("not paid", cause),
                new Failures.CardDeclined("no"),
                new RomancyException(ErrorCode.INSTANCE_ENDED, "ended"),
                new RomancyException(ErrorCode.INSTANCE_ENDED, "ended", cause));
    }

    @Test
    void keepsTheCodeOfItsOwnExceptions() {
        var back = codec.decode(codec.encode(new RomancyException(ErrorCode.INSTANCE_ENDED, "ended")));

        assertThat(back)
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INSTANCE_ENDED))
                .hasMessage("ROM-2004: ended");
    }

    @Test
    void prefersTheConstructorThatKeepsTheMessageOverTheOneThatTakesMore() {
        assertThat(codec.decode(codec.encode(new Failures.Decorated("A1", null))))
                .isExactlyInstanceOf(Failures.Decorated.class)
                .hasMessage("out of stock: A1");
    }

    @Test
    void takesIntoAccountAsWhatTheCauseComesBack() {
        var failure = new UncheckedIOException("unchecked", new IOException("anonymous") {});

        assertThat(codec.decode(codec.encode(failure)))
                .isInstanceOfSatisfying(
                        ActivityFailedException.class,
                        e -> assertThat(e.is(UncheckedIOException.class)).isTrue())
                .hasCauseInstanceOf(ActivityFailedException.class);
    }

    @Test
    void keepsTheTypeEvenWhereTheMessageCannotBeKept() {
        assertThat(codec.decode(codec.encode(new Failures.OnlyDecorated("A1"))))
                .isExactlyInstanceOf(Failures.OnlyDecorated.class)
                .hasMessage("sku sku A1");
    }

    @Test
    void letsAnActivityFailedExceptionStandForWhatCannotBeHadAgain() {
        var failure = new Failures.Declined(51);
        failure.initCause(new IOException("line"));

        var back = codec.decode(codec.encode(failure));

        assertThat(back)
                .isInstanceOf(ActivityFailedException.class)
                .hasMessage("ROM-3003: " + Failures.Declined.class.getName() + ": declined with 51")
                .hasCauseExactlyInstanceOf(IOException.class);
        assertThat(back.getStackTrace()[0]).isEqualTo(plain(failure.getStackTrace()[0]));
        var activity = (ActivityFailedException) back;
        assertThat(activity.code()).isEqualTo(ErrorCode.ACTIVITY_FAILED);
        assertThat(activity.is(Failures.Declined.class)).isTrue();
        assertThat(activity.is(Exception.class)).isTrue();
        assertThat(activity.is(Throwable.class)).isTrue();
        assertThat(activity.is(RuntimeException.class)).isFalse();
        assertThat(activity.failure().message()).isEqualTo("declined with 51");
        assertThat(activity.failure().cause()).hasToString("java.io.IOException: line");
    }

    @Test
    void standsForTypesThatHaveNoNameAndForConstructorsThatRefuse() {
        assertThat(codec.decode(codec.encode(new IllegalStateException("x") {})))
                .isInstanceOfSatisfying(
                        ActivityFailedException.class,
                        e -> assertThat(e.is(IllegalStateException.class)).isTrue());
        assertThat(codec.decode(codec.encode(new Failures.Picky(1)))).isInstanceOf(ActivityFailedException.class);
        assertThat(codec.decode(codec.encode(new RetryLaterException(Duration.ofSeconds(1), null))))
                .isInstanceOfSatisfying(
                        ActivityFailedException.class,
                        e -> assertThat(e.is(RetryLaterException.class)).isTrue());
    }

    @Test
    void standsForATypeThatTheApplicationsLoaderDoesNotKnow() {
        var jdkOnly = new FailureCodec(ClassLoader.getPlatformClassLoader());

        assertThat(jdkOnly.decode(jdkOnly.encode(new Failures.Fixed()))).isInstanceOf(ActivityFailedException.class);
        assertThat(jdkOnly.decode(jdkOnly.encode(new IllegalStateException("x"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givesAStandInBackAsItWasWhenItFailsAWorkflowItself() {
        var standIn = new ActivityFailedException(
                ErrorCode.STEP_TIMEOUT,
                "Step 'charge' took too long",
                codec.describe(new TimeoutException("10 s")),
                null);

        var payload = codec.encode(standIn);

        assertThat(codec.decode(payload)).isInstanceOfSatisfying(ActivityFailedException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STEP_TIMEOUT);
            assertThat(e).hasMessage("ROM-3006: Step 'charge' took too long");
            assertThat(e.failure()).isEqualTo(standIn.failure());
        });
        assertThat(codec.describe(payload).is(TimeoutException.class)).isTrue();
        assertThat(codec.describe(payload).is(ActivityFailedException.class)).isTrue();
        assertThat(codec.describe(payload).code()).isEqualTo("ROM-3006");
    }

    @Test
    void keepsWhatWasSuppressed() {
        var failure = new IOException("first");
        failure.addSuppressed(new IllegalStateException("while closing"));

        assertThat(codec.decode(codec.encode(failure)).getSuppressed())
                .singleElement()
                .satisfies(e ->
                        assertThat(e).isInstanceOf(IllegalStateException.class).hasMessage("while closing"));
    }

    @Test
    void staysWithinBoundsWhateverItGets() {
        Throwable deep = new IOException("x".repeat(100_000) + "\ud83d");
        for (int i = 0; i < 1_000; i++) {
            var next = new RuntimeException("level " + i, deep);
            next.addSuppressed(new IllegalStateException("s"));
            deep = next;
        }

        var payload = codec.encode(deep);

        assertThat(payload.data()).hasSizeLessThan(200_000);
        int levels = 0;
        for (Throwable t = codec.decode(payload); t != null; t = t.getCause()) {
            levels++;
        }
        assertThat(levels).isEqualTo(8);
    }

    @Test
    void cutsAMessageWithoutCuttingACharacter() {
        var back = codec.decode(codec.encode(new IOException("\ud83d\ude80".repeat(50_000))));
        var odd = codec.decode(codec.encode(new IOException("x" + "\ud83d\ude80".repeat(50_000))));

        assertThat(back.getMessage()).hasSizeBetween(8_000, 8_200).endsWith("\ud83d\ude80..");
        assertThat(odd.getMessage()).hasSizeBetween(8_000, 8_200).endsWith("\ud83d\ude80..");
    }

    @Test
    void replacesWhatNoEncodingHas() {
        assertThat(codec.decode(codec.encode(new IOException("a\ud83db \ud83d\ude80"))))
                .hasMessage("a?b \ud83d\ude80");
    }

    @Test
    void endsOnCausesThatGoInACircle() {
        var first = new RuntimeException("first");
        var second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(codec.decode(codec.encode(first)))
                .hasMessage("first")
                .cause()
                .hasMessage("second")
                .hasNoCause();
    }

    @Test
    void recordsAFailureThatFailsAtEverythingItIsAsked() {
        assertThat(codec.describe(codec.encode(new Failures.Hostile())))
                .satisfies(f -> assertThat(f.is(Failures.Hostile.class)).isTrue())
                .satisfies(f -> assertThat(f.message()).contains("IllegalStateException"));
    }

    @Test
    void refusesToGoOnWithoutTheTypeThatWasRecorded() {
        var payload = codec.encode(new IllegalStateException("x", new Failures.Fixed()));
        var without = new FailureCodec(ClassLoader.getPlatformClassLoader());

        assertThatThrownBy(() -> without.decode(payload))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HISTORY_UNREADABLE))
                .hasMessageContainingAll(Failures.Fixed.class.getName(), "always the same");
        assertThat(without.describe(payload)).hasToString("java.lang.IllegalStateException: x");
    }

    @Test
    void goesByTheConstructorThatWasRecordedAndNotByTheOneThatFitsNow() {
        var recorded = edited(codec.encode(new IllegalStateException("x")), "MESSAGE_AND_CAUSE", "NOTHING");

        assertThat(codec.decode(recorded))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(null);
    }

    @Test
    void refusesATypeThatLostItsConstructor() {
        var recorded = edited(codec.encode(new Failures.Fixed()), "NOTHING", "MESSAGE_AND_CAUSE");

        assertThatThrownBy(() -> codec.decode(recorded))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HISTORY_UNREADABLE))
                .hasMessageContainingAll(Failures.Fixed.class.getName(), "MESSAGE_AND_CAUSE");
    }

    @Test
    void makesNothingThatIsNoException() {
        var forged = edited(
                codec.encode(new IllegalStateException("x")),
                "java.lang.IllegalStateException",
                "java.lang.StringBuilder");

        assertThatThrownBy(() -> codec.decode(forged))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HISTORY_UNREADABLE))
                .hasMessageContaining("java.lang.StringBuilder");
    }

    @Test
    void refusesWhatItDidNotWrite() {
        assertThatThrownBy(() -> codec.decode(new Payload("json", new byte[] {'1'})))
                .hasMessageContaining("'json'");
        assertThatThrownBy(() -> codec.decode(new Payload("failure", new byte[] {'{'})))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HISTORY_UNREADABLE));
    }

    /** Module and loader names are not recorded. */
    private static StackTraceElement plain(StackTraceElement frame) {
        return new StackTraceElement(
                frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
    }

    private static Payload edited(Payload payload, String from, String to) {
        String text = new String(payload.data(), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        return new Payload(payload.codec(), text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }
}
