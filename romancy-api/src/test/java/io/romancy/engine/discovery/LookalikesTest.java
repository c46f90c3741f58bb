package io.romancy.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.inject.proxy.InterceptedBean;
import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.Activity;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.ArrayDeque;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Without Micronaut nobody intercepts an activity, so whoever has one is refused where it is registered. */
class LookalikesTest {
    private static final WorkflowType<String, String> TYPE = WorkflowType.of("order", String.class, String.class);

    static class Shop {
        @Activity
        String reserve(String item) {
            return item;
        }
    }

    /** As Micronaut generates it. */
    static final class Intercepted extends Shop implements InterceptedBean {}

    interface Stock {
        @Activity
        String reserve(String item);
    }

    static class Plain {
        String reserve(String item) {
            return item;
        }
    }

    @Workflow("order")
    static class Order implements Durable<String, String> {
        private final Shop shop;

        Order(Shop shop) {
            this.shop = shop;
        }

        @Override
        public String run(WorkflowContext ctx, String item) {
            return shop.reserve(item);
        }
    }

    @Workflow("stocked")
    static class Stocked implements Durable<String, String> {
        private final Stock stock;

        Stocked(Stock stock) {
            this.stock = stock;
        }

        @Override
        public String run(WorkflowContext ctx, String item) {
            return stock.reserve(item);
        }
    }

    @Workflow("self")
    static class Self implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String item) {
            return own(item);
        }

        @Activity
        String own(String item) {
            return item;
        }
    }

    private static Durable<String, String> calling(Shop shop) {
        return (ctx, item) -> shop.reserve(item);
    }

    private static Durable<String, String> plainly(Plain plain) {
        return (ctx, item) -> plain.reserve(item);
    }

    private static void refused(ThrowingCallable registration, String activity) {
        assertThatThrownBy(registration).isInstanceOfSatisfying(RomancyException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_DURABLE);
            assertThat(refusal).hasMessageContaining(activity).hasMessageContaining("ctx.step(..)");
        });
    }

    @Test
    void aSupplierOfAClassWithSuchAField() {
        refused(
                () -> WorkflowRegistry.builder().add(Order.class, () -> new Order(new Shop())),
                Shop.class.getName() + ".reserve");
        refused(
                () -> WorkflowRegistry.builder().add(Stocked.class, () -> new Stocked(item -> item)),
                Stock.class.getName() + ".reserve");
    }

    @Test
    void aClassThatCallsItself() {
        refused(() -> WorkflowRegistry.builder().add(Self.class, Self::new), Self.class.getName() + ".own");
    }

    @Test
    void anObjectAndALambdaThatCapturedOne() {
        Shop shop = new Shop();
        refused(() -> WorkflowRegistry.builder().add(TYPE, new Order(shop)), Shop.class.getName() + ".reserve");
        refused(() -> WorkflowRegistry.builder().add(TYPE, calling(shop)), Shop.class.getName() + ".reserve");
    }

    @Test
    void whatIsInterceptedIsLetThrough() {
        Shop shop = new Intercepted();

        assertThatCode(() -> WorkflowRegistry.builder().add(TYPE, calling(shop)))
                .doesNotThrowAnyException();
        assertThat(WorkflowRegistry.builder()
                        .addBean(Order.class, () -> new Order(shop))
                        .build()
                        .definition(Order.class)
                        .create())
                .isNotNull();
    }

    /** Such as {@code () -> context.getBean(Order.class)}, for engines that a test opens beside an application. */
    @Test
    void aSupplierOfBeansIsJudgedByWhatItMakes() {
        assertThat(WorkflowRegistry.builder()
                        .add(Order.class, () -> new Order(new Intercepted()))
                        .build()
                        .definition(Order.class)
                        .create())
                .isInstanceOf(Order.class);
    }

    @Test
    void aSupplierThatChangesItsMindIsRefusedWhenItMakesTheOther() {
        var shops = new ArrayDeque<>(List.of(new Intercepted(), new Shop()));
        var registry = WorkflowRegistry.builder()
                .add(Order.class, () -> new Order(shops.remove()))
                .build();

        refused(() -> registry.definition(Order.class).create(), Shop.class.getName() + ".reserve");
    }

    @Test
    void aBeanThatHoldsAnotherObjectIsRefusedWhenItIsMade() {
        var registry = WorkflowRegistry.builder()
                .addBean(Order.class, () -> new Order(new Shop()))
                .build();

        refused(() -> registry.definition(Order.class).create(), Shop.class.getName() + ".reserve");
    }

    @Test
    void otherObjectsAreNobodysBusiness() {
        Plain plain = new Plain();

        assertThatCode(() -> WorkflowRegistry.builder().add(TYPE, plainly(plain)))
                .doesNotThrowAnyException();
    }
}
