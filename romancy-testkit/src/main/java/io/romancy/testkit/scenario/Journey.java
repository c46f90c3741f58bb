package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.StepRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A workflow that does one of everything together with a companion that it starts: steps, a retry, a caught failure, a subscription, a
 * publication, messages both ways, timers, a receive that times out. Whatever goes wrong on the way, it arrives with one history.
 */
final class Journey {
    /** What the history of every journey says, record by record. */
    static final List<String> HISTORY = List.of(
            "pack:1",
            "receive:depart_1",
            "subscribe:news_1",
            "start:companion_1",
            "receive:hello_1",
            "flaky:1",
            "missing:1",
            "publish:news_1",
            "receive:news_1",
            "receive:hello_2",
            "timer:sleep_1",
            "receive:nothing_1",
            "pack:2");

    private static final Mailbox<String> DEPART = Mailbox.of("depart", String.class);
    private static final Mailbox<String> HELLO = Mailbox.of("hello", String.class);
    private static final Mailbox<String> NOTHING = Mailbox.of("nothing", String.class);

    private final WorkflowType<String, String> traveller;
    private final WorkflowType<String, String> companion;
    private final String prefix;

    Journey(String name) {
        prefix = name;
        traveller = WorkflowType.of(name, String.class, String.class);
        companion = WorkflowType.of(name + "-companion", String.class, String.class);
    }

    RomancyBuilder on(RomancyBuilder options) {
        return options.workflow(traveller, this::travel).workflow(companion, this::accompany);
    }

    /** Starts one, and returns when it waits for its departure. */
    WorkflowHandle<String> begin(ScenarioWorker worker, String id) {
        var handle = worker.romancy().start(traveller, "luggage", StartOptions.id(id));
        worker.events().await(suspended(id));
        return handle;
    }

    void goOn(ScenarioWorker worker, String id) {
        worker.romancy().send(id, DEPART, "now");
    }

    private String travel(WorkflowContext ctx, String luggage) {
        String packed = ctx.step("pack", String.class, () -> luggage);
        String when = ctx.receive(DEPART);
        Topic<String> news = news(ctx.info().id());
        ctx.subscribe(news);
        String friend = ctx.start(companion, ctx.info().id());
        String hello = ctx.receive(HELLO);
        int attempts = ctx.step(
                Step.of("flaky", Integer.class).retry(RetryPolicy.defaults().delay(Duration.ZERO)), activity -> {
                    if (activity.attempt() < 3) {
                        throw new IOException("not yet");
                    }
                    return activity.attempt();
                });
        String caught = "nothing";
        try {
            ctx.step(Step.of("missing", Void.class).retry(RetryPolicy.none()), activity -> {
                throw new IllegalStateException("lost");
            });
        } catch (IllegalStateException e) {
            caught = String.valueOf(e.getMessage());
        }
        ctx.publish(news, "on the way");
        String echo = ctx.receive(news);
        String answer = ctx.receive(HELLO);
        ctx.sleep(Duration.ofMillis(5));
        String empty = ctx.receive(NOTHING, Duration.ofMillis(5)).orElse("empty");
        String again = ctx.step("pack", String.class, () -> luggage);
        return String.join(
                " ", packed, when, hello, "" + attempts, caught, echo, answer, empty, again, "" + friend.isEmpty());
    }

    private String accompany(WorkflowContext ctx, String travellerId) {
        Topic<String> news = news(travellerId);
        ctx.subscribe(news);
        ctx.send(travellerId, HELLO, "hello");
        String heard = ctx.receive(news);
        ctx.send(travellerId, HELLO, "heard=" + heard);
        return heard;
    }

    /** One topic for each pair, so that journeys beside one another do not hear of each other. */
    private Topic<String> news(String travellerId) {
        return Topic.broadcast(prefix + "-news-" + travellerId, String.class);
    }

    /** It arrived, with the one result and the one history that there is. */
    void hasArrived(Scenario scenario, WorkflowHandle<String> handle) {
        assertThat(Scenario.result(handle))
                .isEqualTo("luggage now hello 3 lost on the way heard=on the way empty luggage false");
        assertThat(scenario.status(handle.id())).isEqualTo(InstanceStatus.COMPLETED);
        assertThat(history(scenario, handle.id())).containsExactlyElementsOf(HISTORY);
    }

    private List<String> history(Scenario scenario, String id) {
        return scenario.history(id).stream()
                .map(StepRecord::name)
                .map(name -> name.replace(news(id).name(), "news").replace(companion.name(), "companion"))
                .toList();
    }
}
