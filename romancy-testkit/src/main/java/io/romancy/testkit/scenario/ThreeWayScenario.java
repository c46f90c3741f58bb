package io.romancy.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.WorkflowHandle;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.model.StepRecord;
import io.romancy.testkit.fault.NotificationFaults;
import io.romancy.testkit.fault.NotificationRule;
import io.romancy.testkit.record.EventCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The same work with notifications, with all of them lost, with some of them lost, doubled or late, and with none to be had. */
public abstract class ThreeWayScenario extends Scenario {
    private static final int JOURNEYS = 3;

    /** By how much notifications are late that are late; long enough that polling finds the work first. */
    protected Duration lateBy() {
        return Duration.ofMillis(600);
    }

    @Test
    void endsInTheSameHistoriesWhateverBecomesOfNotifications() {
        Map<String, List<List<String>>> histories = new LinkedHashMap<>();
        histories.put("without", run(ListenNotify.FALSE, faults -> {}));
        if (hasNotifications()) {
            histories.put("on", run(ListenNotify.TRUE, faults -> {}));
            histories.put("dropped", met(NotificationFaults::drop));
            histories.put("every third dropped", met(faults -> faults.dropEvery(3)));
            histories.put("doubled", met(NotificationFaults::duplicate));
            histories.put("held back", met(NotificationFaults::hold));
            histories.put(
                    "one in ten dropped", met(faults -> faults.rules().drop().percent(10, 4711)));
            histories.put("every two exchanged", met(faults -> faults.rules().reorder()));
            histories.put(
                    "one in three unreadable",
                    met(faults -> faults.rules().corrupt().percent(33, 4712)));
        }

        List<List<String>> expected = histories.get("without");
        assertThat(histories)
                .allSatisfy((how, history) -> assertThat(history)
                        .as("histories with notifications: %s", how)
                        .isEqualTo(expected));
    }

    @Test
    void whatComesLateFindsItsWorkDone() {
        Assumptions.assumeTrue(hasNotifications(), "this storage has no notifications");
        Map<ScenarioWorker, NotificationRule> late = new HashMap<>();

        var histories = run(
                ListenNotify.TRUE,
                worker ->
                        late.put(worker, worker.faults().notifications().rules().delay(lateBy())),
                worker -> {
                    worker.faults().notifications().rules().heal();
                    int owed = Objects.requireNonNull(late.get(worker)).hits();
                    assertThat(owed).isPositive();
                    worker.events()
                            .await(
                                    EventCondition.of("a hint", EngineEvent.HintReceived.class, hint -> true)
                                            .times(owed),
                                    lateBy().plus(DEADLINE));
                });

        assertThat(histories).isEqualTo(run(ListenNotify.FALSE, faults -> {}));
    }

    /** Runs journeys on two workers, and returns their histories in the order in which they began. */
    private List<List<String>> run(ListenNotify listenNotify, Consumer<NotificationFaults> faults) {
        return run(listenNotify, worker -> faults.accept(worker.faults().notifications()), worker -> {});
    }

    /** The same with a fault of notifications, which each of the two workers must have met. */
    private List<List<String>> met(Consumer<NotificationFaults> fault) {
        return run(ListenNotify.TRUE, worker -> fault.accept(worker.faults().notifications()), worker -> {
            var faults = worker.faults().notifications();
            await("a notification that meets the fault", () -> faults.hits() > 0);
        });
    }

    private List<List<String>> run(
            ListenNotify listenNotify, Consumer<ScenarioWorker> before, Consumer<ScenarioWorker> after) {
        Journey journey = new Journey(unique("journey"));
        ScenarioWorker one = worker(options -> journey.on(options.listenNotify(listenNotify)));
        ScenarioWorker two = worker(options -> journey.on(options.listenNotify(listenNotify)));
        before.accept(one);
        before.accept(two);
        List<WorkflowHandle<String>> handles = new ArrayList<>();
        for (int i = 0; i < JOURNEYS; i++) {
            handles.add(journey.begin(i % 2 == 0 ? one : two, id()));
        }
        for (int i = 0; i < JOURNEYS; i++) {
            journey.goOn(i % 2 == 0 ? two : one, handles.get(i).id());
        }
        handles.forEach(handle -> journey.hasArrived(this, handle));
        List<List<String>> histories = handles.stream()
                .map(handle -> history(handle.id()).stream()
                        .map(ThreeWayScenario::comparable)
                        .map(record -> record.replace(handle.id(), "ID").replaceAll("journey-[^ :]*?-\\d+", "journey"))
                        .toList())
                .toList();
        after.accept(one);
        after.accept(two);
        one.faults().heal();
        two.faults().heal();
        one.close();
        two.close();
        return histories;
    }

    /** What a record says, without what no two runs share: times, numbers of messages, made up ids. */
    private static String comparable(StepRecord record) {
        return record.position() + " " + record.kind() + " " + record.name();
    }
}
