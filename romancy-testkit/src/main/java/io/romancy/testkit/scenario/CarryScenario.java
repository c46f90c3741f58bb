package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.published;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.MessageOptions;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.engine.EngineBuilder;
import io.romancy.engine.seam.Observed;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Operation;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an observer lets operations carry along, such as its place in a trace, comes to whoever goes on with them. */
public abstract class CarryScenario extends Scenario {
    private static final String MARK = "mark";

    private final WorkflowType<String, String> type = texts();
    private final List<Begun> begun = new CopyOnWriteArrayList<>();

    private record Begun(Operation what, Map<String, String> cause, List<Map<String, String>> links) {}

    /** Everything carries what it is called along. */
    private Observed begin(Operation what, Map<String, String> cause, List<Map<String, String>> links) {
        begun.add(new Begun(what, cause, links));
        return new Observed() {
            @Override
            public Map<String, String> carried() {
                return Map.of(MARK, what.getClass().getSimpleName());
            }

            @Override
            public Inside enter() {
                return Inside.NOWHERE;
            }

            @Override
            public void end(String outcome, @Nullable Throwable failure) {}
        };
    }

    private RomancyBuilder observed(RomancyBuilder options) {
        Observer observer = this::begin;
        return ((EngineBuilder) options).observer(observer);
    }

    private ScenarioWorker observedWorker() {
        return worker(options -> observed(options).workflow(type, () -> this::answer));
    }

    private String answer(WorkflowContext ctx, String input) {
        var message = ctx.receiveMessage(GO);
        return input + " " + message.headers().get(MARK) + " "
                + message.headers().get("own");
    }

    @Test
    void aStartReachesEveryActivationAndAMessageItsReceiver() {
        var client = worker(options -> observed(options).worker(false));
        String id = id();
        var handle = client.romancy().start(type, "in", StartOptions.id(id));
        try (var first = observedWorker()) {
            first.events().await(suspended(id));
        }
        observedWorker();
        handle.send(GO, "go", MessageOptions.none().header("own", "header"));

        assertThat(result(handle)).isEqualTo("in Send header");
        assertThat(begun.stream()
                        .filter(one -> one.what() instanceof Operation.Run run
                                && run.id().equals(id)))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(one -> assertThat(one.cause()).containsExactly(Map.entry(MARK, "Start")));
        assertThat(begun.stream().filter(one -> one.what() instanceof Operation.Receive))
                .singleElement()
                .satisfies(one -> assertThat(one.links())
                        .singleElement()
                        .satisfies(link ->
                                assertThat(link).containsEntry(MARK, "Send").containsEntry("own", "header")));
    }

    @Test
    void whatIsCarriedAlongIsNoPartOfTheInput() {
        var observing = observedWorker();
        var blind = worker(options -> options.workflow(type, () -> this::answer));
        String id = id();
        var handle = observing.romancy().start(type, "in", StartOptions.id(id));

        assertThat(blind.romancy().start(type, "in", StartOptions.id(id)).id())
                .as("the same start, without anything carried along")
                .isEqualTo(id);
        assertThatThrownBy(() -> blind.romancy().start(type, "other", StartOptions.id(id)))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.START_CONFLICT));
        handle.send(GO, "go");
        assertThat(result(handle)).isEqualTo("in Send null");
    }

    @Test
    void anEventTakesItToItsPublisher() throws Exception {
        var desk = new Desk(unique("type"));
        var relayer = worker(options -> observed(options).publisher(desk));
        desk.add(relayer.romancy(), null, "data");
        relayer.events().await(published(desk.type()));

        assertThat(begun.stream().filter(one -> one.what() instanceof Operation.PublishEvent))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.cause()).containsExactly(Map.entry(MARK, "AddEvent")));
    }
}
