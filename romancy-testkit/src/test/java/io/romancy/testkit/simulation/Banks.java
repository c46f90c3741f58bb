package io.romancy.testkit.simulation;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.MessageOptions;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.engine.replay.Attempt;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import java.util.HashMap;
import java.util.Map;

/** Transfers in transactions: of the caller, with an order, a message and an event; and of a step, with its record. */
final class Banks {
    static final WorkflowType<String, Integer> TRANSFER = WorkflowType.of("transfer", String.class, Integer.class);
    static final WorkflowType<String, Integer> BOOKING = WorkflowType.of("booking", String.class, Integer.class);
    static final Mailbox<Integer> AMOUNT = Mailbox.of("amount", Integer.class);
    static final Mailbox<Integer> BOOKED = Mailbox.of("booked", Integer.class);

    /** The storage may refuse a transaction for a while, which says nothing about the account. */
    private static final Step<Integer> BOOK = Step.of("book", Integer.class)
            .retry(RetryPolicy.defaults().attempts(0).maxDelay(ofSeconds(2)));

    private final SimulatedWorld world;
    private final Map<String, Integer> balance = new HashMap<>();

    private Banks(SimulatedWorld world) {
        this.world = world;
    }

    static void arrange(SimulatedWorld world, int transfers) {
        var bank = new Banks(world);
        world.workflow(TRANSFER, bank::transfer);
        world.workflow(BOOKING, bank::book);
        world.engine(builder -> builder.publisher(bank.publisher()));
        for (int i = 0; i < transfers; i++) {
            String name = "transfer-" + i;
            world.client(name, client -> bank.order(name, client));
        }
        world.afterwards(() -> assertThat(bank.balance.values()).allMatch(times -> times == 1));
    }

    private void order(String name, SimulatedClient client) throws Exception {
        world.passUpTo(ofSeconds(2));
        client.tellOnce(romancy -> {
            try {
                romancy.inTransaction(tx -> {
                    romancy.start(TRANSFER, "never", StartOptions.id("never-" + name));
                    world.passUpTo(ofMillis(100));
                    throw new UnsupportedOperationException("rolled back");
                });
            } catch (UnsupportedOperationException e) {
                assertThat(e).hasMessage("rolled back");
            }
        });
        client.ask(romancy -> romancy.inTransaction(tx -> {
            romancy.start(TRANSFER, name, StartOptions.id(name));
            world.passUpTo(ofMillis(100));
            romancy.send(name, AMOUNT, 7, MessageOptions.key("amount"));
            for (int i = 0; i < 3; i++) {
                romancy.outbox().add(OutboxEvent.of("ordered", i).key(name));
            }
            return name;
        }));
        int booked = client.ask(romancy -> romancy.handle(name, TRANSFER).result(ofMinutes(20)));
        assertThat(booked).isEqualTo(14);
        assertThat(balance).containsEntry(name + "/0", 1).containsEntry(name + "/1", 1);
    }

    private Integer transfer(WorkflowContext ctx, String name) {
        int amount = ctx.receive(AMOUNT);
        for (int i = 0; i < 2; i++) {
            ctx.start(BOOKING, name + "/" + i);
        }
        int sum = 0;
        for (int i = 0; i < 2; i++) {
            sum += amount * ctx.receive(BOOKED);
        }
        return sum;
    }

    private Integer book(WorkflowContext ctx, String account) {
        int times = ctx.step(
                BOOK,
                activity -> world.romancy().inTransaction(tx -> {
                    tx.afterCommit(() -> balance.merge(account, 1, Integer::sum));
                    world.passUpTo(ofMillis(200));
                    Attempt attempt = Attempt.current();
                    assertThat(attempt).isNotNull();
                    attempt.recordIn(tx, 1);
                    return 1;
                }));
        ctx.send(account.substring(0, account.indexOf('/')), BOOKED, times);
        return times;
    }

    private OutboxPublisher publisher() {
        return new OutboxPublisher() {
            @Override
            public boolean accepts(String type) {
                return true;
            }

            @Override
            public void publish(OutboxRecord event) {
                world.passUpTo(ofMillis(300));
                if (world.random().nextInt(5) == 0) {
                    throw new IllegalStateException("the broker is busy");
                }
            }
        };
    }
}
