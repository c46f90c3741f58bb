package io.romancy.api;

import static io.romancy.api.MessageOptions.key;
import static io.romancy.api.StartOptions.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.ReceivedMessage;
import io.romancy.api.channel.Topic;
import io.romancy.api.type.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That the forms of api's methods compile side by side without a cast, and that short ones mean the long ones. */
class CallFormsTest {
    private static final Mailbox<String> PAID = Mailbox.of("paid", String.class);
    private static final Topic<List<String>> NEWS = Topic.broadcast("news", TypeRef.listOf(String.class));
    private static final WorkflowType<String, Integer> LENGTH = WorkflowType.of("length", String.class, Integer.class);
    private static final WorkflowType<Void, Void> TIDY = WorkflowType.of("tidy", Void.class, Void.class);

    private final Calls calls = new Calls();

    @Test
    void startsWithAndWithoutInputAndOptions() {
        Romancy romancy = calls.behind(Romancy.class);

        romancy.start(Length.class, "a");
        romancy.start(LENGTH, "b", id("42"));
        romancy.start(Tidy.class);
        romancy.start(TIDY, id("43"));

        assertThat(calls.made())
                .containsExactly(
                        "start[" + Length.class + ", a, StartOptions[id=null]]",
                        "start[" + LENGTH + ", b, StartOptions[id=42]]",
                        "start[" + Tidy.class + ", StartOptions[id=null]]",
                        "start[" + TIDY + ", StartOptions[id=43]]");
    }

    @Test
    void sendsAndPublishesWithAndWithoutOptions() {
        Romancy romancy = calls.behind(Romancy.class);

        romancy.send("42", PAID, "yes");
        romancy.send("42", PAID, "yes", key("k").header("h", "v"));
        romancy.publish(NEWS, List.of("a"));

        assertThat(calls.made())
                .containsExactly(
                        "send[42, " + PAID + ", yes, MessageOptions[key=null, headers={}]]",
                        "send[42, " + PAID + ", yes, MessageOptions[key=k, headers={h=v}]]",
                        "publish[" + NEWS + ", [a], MessageOptions[key=null, headers={}]]");
    }

    @Test
    void receivesTheValueOrAllThatIsKnownOfTheMessage() {
        var message = new ReceivedMessage<>(7, "yes", Instant.EPOCH, null, Map.of());
        WorkflowContext one = new Calls().answer("receiveMessage", message).behind(WorkflowContext.class);
        WorkflowContext none =
                new Calls().answer("receiveMessage", Optional.empty()).behind(WorkflowContext.class);

        assertThat(one.receive(PAID)).isEqualTo("yes");
        assertThat(none.receive(PAID, Duration.ZERO)).isEmpty();
    }

    @Test
    void givesStepsOfAllFormsAName() throws Exception {
        WorkflowContext ctx = calls.behind(WorkflowContext.class);

        ctx.step("a", () -> {});
        ctx.step("b", String.class, () -> "b");
        ctx.step(Step.of("c", TypeRef.listOf(String.class)).timeout(Duration.ofSeconds(1)), activity -> List.of());

        assertThat(calls.made())
                .satisfiesExactly(
                        call -> assertThat(call).startsWith("step[Step[name=a, type=java.lang.Void, retry=null"),
                        call -> assertThat(call).startsWith("step[Step[name=b, type=java.lang.String, retry=null"),
                        call -> assertThat(call)
                                .contains("name=c", "java.util.List<java.lang.String>", "timeout=PT1S"));
    }

    @Test
    void registersLambdasObjectsAndSuppliers() {
        RomancyBuilder builder = calls.behind(RomancyBuilder.class);

        builder.workflow(LENGTH, (ctx, name) -> name.length());
        builder.workflow(LENGTH, () -> new Length());
        builder.workflow(LENGTH, Length::new);
        builder.workflow(Length.class, Length::new);

        assertThat(calls.made()).hasSize(4).allMatch(call -> call.startsWith("workflow["));
    }

    @Workflow("length")
    static final class Length implements Durable<String, Integer> {
        @Override
        public Integer run(WorkflowContext ctx, String input) {
            return input.length();
        }
    }

    @Workflow("tidy")
    abstract static class Tidy implements Durable<Void, Void> {}
}
