package io.romancy.examples.testkit;

import static io.romancy.spi.notification.EngineChannels.WORKFLOW_RESUMABLE;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import org.junit.jupiter.api.Test;

/** Whatever becomes of notifications, the result is the same: they only ring a bell, and the work is in rows. */
@RomancyTest(
        storage = {"memory", "postgres"},
        workers = 2)
class LoseNotificationsTest {
    static final WorkflowType<String, String> ORDER = WorkflowType.of("order", String.class, String.class);
    static final Mailbox<String> PAID = Mailbox.of("paid", String.class);

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(ORDER, (ctx, order) -> order + " " + ctx.receive(PAID));
    }

    @Test
    void anOrderIsPaidThoughEveryNotificationIsLost(TestRomancy romancy) {
        romancy.faults().drop();

        orderIsPaid(romancy);
    }

    @Test
    void anOrderIsPaidThoughNotificationsAreLateTwiceOrNonsense(TestRomancy romancy) {
        romancy.faults().drop(WORKFLOW_RESUMABLE).first(3);
        romancy.faults().duplicate().percent(30, 4711);
        romancy.faults().corrupt().percent(30, 4712);
        romancy.faults().delay(ofMillis(100)).percent(50, 4713);
        romancy.faults().reorder();

        orderIsPaid(romancy);
    }

    @Test
    void anOrderIsPaidWhileTheConnectionForNotificationsIsDown(TestRomancy romancy) {
        romancy.faults().disconnect();

        orderIsPaid(romancy);
        romancy.faults().heal();
        orderIsPaid(romancy);
    }

    @Test
    void anOrderIsPaidWhileTheConnectionForNotificationsIsSilent(TestRomancy romancy) {
        romancy.faults().silence();

        orderIsPaid(romancy);
    }

    private static void orderIsPaid(TestRomancy romancy) {
        var order = romancy.workers().get(0).start(ORDER, "apples");
        romancy.workers().get(1).handle(order.id()).send(PAID, "paid");

        assertThat(order.result(ofMinutes(1))).isEqualTo("apples paid");
    }
}
