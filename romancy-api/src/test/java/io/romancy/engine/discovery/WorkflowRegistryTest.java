package io.romancy.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.type.TypeRef;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Route;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkflowRegistryTest {
    private static final WorkflowType<String, Integer> GREET = WorkflowType.of("greet", String.class, Integer.class);

    @Test
    void findsAClassByTheRouteOfItsAnnotation() {
        var registry = WorkflowRegistry.builder().add(Greet.class, Greet::new).build();

        var found = registry.find(new Route("greet", 1)).orElseThrow();

        assertThat(found.input()).isEqualTo(String.class);
        assertThat(found.output()).isEqualTo(Integer.class);
        assertThat(found.create()).isInstanceOf(Greet.class).isNotSameAs(found.create());
        assertThat(registry.routes()).containsExactly(new Route("greet", 1));
        assertThat(registry.find(new Route("greet", 2))).isEmpty();
    }

    @Test
    void takesALambdaAsVersionOneAndAlwaysTheSameObject() {
        var registry = WorkflowRegistry.builder().add(GREET, (ctx, name) -> 1).build();

        var found = registry.find(new Route("greet", 1)).orElseThrow();

        assertThat(found.create()).isSameAs(found.create());
        assertThat(found.source()).isEqualTo("a lambda of " + WorkflowRegistryTest.class.getName());
    }

    @Test
    void startsByClassInTheVersionOfTheClassAndByNameInTheNewest() {
        var registry = WorkflowRegistry.builder()
                .add(Greet10.class, Greet10::new)
                .add(Greet.class, Greet::new)
                .build();

        assertThat(registry.definition(Greet.class).route()).isEqualTo(new Route("greet", 1));
        assertThat(registry.definition(GREET).route()).isEqualTo(new Route("greet", 10));
        assertThat(registry.routes()).containsExactlyInAnyOrder(new Route("greet", 1), new Route("greet", 10));
    }

    @Test
    void canStartWhatOthersRun() {
        var client = WorkflowRegistry.builder().build();

        assertThat(client.definition(Greet10.class).route()).isEqualTo(new Route("greet", 10));
        assertThat(client.definition(GREET).route()).isEqualTo(new Route("greet", 1));
        assertThat(client.routes()).isEmpty();
        assertRefused(ErrorCode.WORKFLOW_UNKNOWN, () -> client.definition(GREET).create(), "greet/1", "workflow(..)");
    }

    @Test
    void refusesATypeThatNamesAnotherInputThanWhatIsRegistered() {
        var registry = WorkflowRegistry.builder().add(Greet.class, Greet::new).build();

        assertRefused(
                ErrorCode.INVALID_ARGUMENT,
                () -> registry.definition(WorkflowType.of("greet", Long.class, Integer.class)),
                "greet/1",
                "java.lang.String",
                "java.lang.Long",
                Greet.class.getName());
    }

    @Test
    void readsTheResultAsTheTypeSays() {
        var registry = WorkflowRegistry.builder().add(Greet.class, Greet::new).build();

        assertThat(registry.definition(WorkflowType.of("greet", String.class, Long.class))
                        .output())
                .isEqualTo(Long.class);
    }

    @Test
    void refusesTwoWorkflowsOfOneRouteAndNamesBoth() {
        var builder = WorkflowRegistry.builder().add(Greet.class, Greet::new);

        assertRefused(
                ErrorCode.DUPLICATE_NAME,
                () -> builder.add(AlsoGreet.class, AlsoGreet::new),
                "greet/1",
                Greet.class.getName(),
                AlsoGreet.class.getName());
        assertRefused(ErrorCode.DUPLICATE_NAME, () -> builder.add(GREET, (ctx, name) -> 1), "a lambda of");
    }

    @Test
    void resolvesInputAndOutputThroughTheHierarchy() {
        var input = WorkflowRegistry.builder().build().definition(Deep.class).input();
        var written = new TypeRef<Map<String, List<Integer>>>() {}.type();

        assertThat(input).isEqualTo(written).hasSameHashCodeAs(written).hasToString(written.toString());
        assertThat(written).isEqualTo(input);
        assertThat(WorkflowRegistry.builder().build().definition(Deep.class).output())
                .isEqualTo(Integer[].class);
    }

    @Test
    void refusesClassesThatCannotBeStored() {
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> describe(Plain.class), Plain.class.getName(), "@Workflow");
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> describe(Generic.class), "type parameters");
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> describe(Raw.class), "without type arguments");
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> describe(RawInput.class), "java.util.List");
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> describe(VersionZero.class), "version = 0", "from 1");
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> describe(NoName.class), NoName.class.getName(), "it is empty");
    }

    @Test
    void refusesOneObjectForAllInstancesIfItCanChange() {
        var builder = WorkflowRegistry.builder();
        var counting = new Counting();
        Supplier<Counting> supplier = Counting::new;

        assertRefused(
                ErrorCode.INVALID_ARGUMENT,
                () -> builder.add(GREET, counting),
                Counting.class.getName(),
                "'calls'",
                "supplier");
        assertThat(builder.add(GREET, supplier)
                        .build()
                        .find(new Route("greet", 1))
                        .orElseThrow()
                        .create())
                .isInstanceOf(Counting.class);
    }

    @Test
    void refusesASupplierThatMakesNothing() {
        @SuppressWarnings("NullAway") // what a careless application does
        Supplier<Greet> nothing = () -> null;
        var registry = WorkflowRegistry.builder().add(Greet.class, nothing).build();

        assertRefused(
                ErrorCode.WORKFLOW_UNKNOWN,
                () -> registry.definition(Greet.class).create(),
                "greet/1",
                "returned null");
    }

    private static void describe(Class<?> type) {
        WorkflowClasses.describe(type, null);
    }

    private static void assertRefused(ErrorCode code, Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }

    @Workflow("greet")
    static class Greet implements Durable<String, Integer> {
        @Override
        public Integer run(WorkflowContext ctx, String input) {
            return input.length();
        }
    }

    @Workflow(value = "greet", version = 10)
    static final class Greet10 extends Greet {}

    @Workflow("greet")
    static final class AlsoGreet extends Greet {}

    static final class Plain extends Greet {}

    static final class Counting extends Greet {
        private int calls;

        @Override
        public Integer run(WorkflowContext ctx, String input) {
            return calls++;
        }
    }

    interface Mapped<K, V, R> extends Durable<Map<K, List<V>>, R[]> {}

    abstract static class Base<T> implements Mapped<String, T, T> {}

    @Workflow("deep")
    abstract static class Deep extends Base<Integer> {}

    @Workflow("generic")
    abstract static class Generic<T> implements Durable<T, T> {}

    @Workflow("raw")
    @SuppressWarnings("rawtypes")
    abstract static class Raw implements Durable {}

    @Workflow("raw_input")
    @SuppressWarnings("rawtypes")
    abstract static class RawInput implements Durable<List, @Nullable Void> {}

    @Workflow(value = "zero", version = 0)
    static final class VersionZero extends Greet {}

    @Workflow("")
    static final class NoName extends Greet {}
}
