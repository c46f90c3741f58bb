package io.romancy.examples.features;

import static io.romancy.testkit.record.EventConditions.suspended;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowQuery;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.error.WorkflowCancelledException;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.api.type.TypeRef;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A workflow starts others, which live for themselves and write to it when they are done. */
@RomancyTest
class OtherWorkflowsTest {
    /** What is to be brought, and who wants to know that it was. */
    record Parcel(String article, String order) {}

    static final WorkflowType<List<String>, List<String>> ORDER =
            WorkflowType.of("order", TypeRef.listOf(String.class), TypeRef.listOf(String.class));
    static final WorkflowType<Parcel, Void> PARCEL = WorkflowType.of("parcel", Parcel.class, Void.class);
    static final WorkflowType<String, String> PRESENT = WorkflowType.of("present", String.class, String.class);
    static final Mailbox<String> DELIVERED = Mailbox.of("delivered", String.class);

    /** What an activity of an application gets injected. */
    private final CompletableFuture<Romancy> engine = new CompletableFuture<>();

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(ORDER, OtherWorkflowsTest::order)
                .workflow(PARCEL, OtherWorkflowsTest::parcel)
                .workflow(PRESENT, () -> this::present);
    }

    static List<String> order(WorkflowContext ctx, List<String> articles) {
        String id = ctx.info().id();
        for (String article : articles) {
            ctx.start(PARCEL, new Parcel(article, id), StartOptions.id(id + "/" + article));
        }
        List<String> delivered = new ArrayList<>();
        while (delivered.size() < articles.size()) {
            delivered.add(ctx.receive(DELIVERED)); // in the order in which they arrive
        }
        return delivered;
    }

    @SuppressWarnings("NullAway") // null is the only value of Void
    static Void parcel(WorkflowContext ctx, Parcel parcel) {
        ctx.sleep(ofDays(parcel.article().equals("sofa") ? 9 : 2));
        ctx.send(parcel.order(), DELIVERED, parcel.article());
        return null;
    }

    String present(WorkflowContext ctx, String article) {
        String parcel = ctx.start(PARCEL, new Parcel(article, ctx.info().id()));
        ctx.compensate(() -> ctx.step("recall", () -> recall(parcel)));
        return ctx.receive(DELIVERED);
    }

    private void recall(String parcel) {
        engine.join().handle(parcel).cancel("it is not to be brought any more");
    }

    @Test
    void theOrderHearsOfEachParcel(TestRomancy romancy) {
        var order = romancy.start(ORDER, List.of("sofa", "vase"), StartOptions.id("order-1"));

        romancy.time().skip(ofDays(10));

        assertThat(order.result(ofMinutes(1))).containsExactly("vase", "sofa");
    }

    @Test
    void aParcelOutlivesTheOrderThatIsCancelled(TestRomancy romancy) {
        var order = romancy.start(ORDER, List.of("sofa"), StartOptions.id("order-2"));
        romancy.events().await(suspended("order-2/sofa"));

        order.cancel("the customer does not like it");
        assertThatThrownBy(() -> order.result(ofMinutes(1))).isInstanceOf(WorkflowCancelledException.class);
        romancy.time().skip(ofDays(10));

        assertThat(romancy.handle("order-2/sofa", PARCEL).result(ofMinutes(1))).isNull();
    }

    @Test
    void anIdThatBelongsToAnotherParcelIsRefused(TestRomancy romancy) {
        romancy.start(PARCEL, new Parcel("vase", "order-0"), StartOptions.id("order-3/vase"));

        var order = romancy.start(ORDER, List.of("vase"), StartOptions.id("order-3"));

        assertThatThrownBy(() -> order.result(ofMinutes(1)))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("ROM-2005");
    }

    @Test
    void aParcelIsRecalledWithThePresentThatIsCancelled(TestRomancy romancy) {
        engine.complete(romancy);
        var present = romancy.start(PRESENT, "vase", StartOptions.id("present-1"));
        romancy.events().await(suspended("present-1"));

        present.cancel("a surprise that failed");
        assertThatThrownBy(() -> present.result(ofMinutes(1))).isInstanceOf(WorkflowCancelledException.class);

        try (var parcels = romancy.list(WorkflowQuery.all().workflow("parcel"))) {
            var parcel = parcels.findFirst().orElseThrow();
            assertThatThrownBy(() -> romancy.handle(parcel.id(), PARCEL).result(ofMinutes(1)))
                    .isInstanceOf(WorkflowCancelledException.class)
                    .hasMessageContaining("it is not to be brought any more");
        }
    }
}
