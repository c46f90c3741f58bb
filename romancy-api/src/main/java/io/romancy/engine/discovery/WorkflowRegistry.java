package io.romancy.engine.discovery;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowType;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Route;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The workflows that an engine runs, by route, and those that it can start. Thread-safe. */
public final class WorkflowRegistry {
    private final Map<Route, WorkflowDefinition> byRoute;
    private final Map<String, WorkflowDefinition> newest = new HashMap<>();

    // As many as the application has workflows: a class is read once, not at every start.
    private final Map<Class<?>, WorkflowDefinition> byClass = new ConcurrentHashMap<>();

    private WorkflowRegistry(Collection<WorkflowDefinition> definitions) {
        Map<Route, WorkflowDefinition> all = new LinkedHashMap<>();
        for (WorkflowDefinition definition : definitions) {
            all.put(definition.route(), definition);
            newest.merge(
                    definition.route().workflow(),
                    definition,
                    (a, b) -> a.route().version() > b.route().version() ? a : b);
        }
        // in the order of their registration: which one is asked for first must not depend on the process
        this.byRoute = Collections.unmodifiableMap(all);
    }

    /** Begins to register. */
    public static Builder builder() {
        return new Builder();
    }

    /** What runs a route here; empty if nothing does. */
    public Optional<WorkflowDefinition> find(Route route) {
        return Optional.ofNullable(byRoute.get(route));
    }

    /** What this engine may claim. */
    public List<Route> routes() {
        return List.copyOf(byRoute.keySet());
    }

    /**
     * What a class stands for, in its own version. A class that is not registered here can be started nevertheless: other workers may run
     * it. Refused with {@code INVALID_ARGUMENT} if it is no workflow.
     */
    public WorkflowDefinition definition(Class<? extends Durable<?, ?>> type) {
        return byClass.computeIfAbsent(type, unseen -> {
            WorkflowDefinition described = WorkflowClasses.describe(unseen, null);
            return byRoute.getOrDefault(described.route(), described);
        });
    }

    /**
     * What a type stands for: the newest version of its name here, else version 1 elsewhere. Refused with {@code INVALID_ARGUMENT} if what
     * is registered takes another input. The result is read as the type says.
     */
    public WorkflowDefinition definition(WorkflowType<?, ?> type) {
        WorkflowDefinition known = newest.get(type.name());
        if (known == null) {
            return described(type, "workflow type '" + type.name() + "'", null);
        }
        if (!known.input().equals(type.input().type())) {
            throw new RomancyException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Workflow " + known.route() + " takes " + known.input().getTypeName() + ", as " + known.source()
                            + " says, and is asked for with " + type.input()
                            + ". Let the WorkflowType name the same input.");
        }
        return new WorkflowDefinition(
                known.route(), known.input(), type.output().type(), known.source(), known.factory());
    }

    private static WorkflowDefinition described(
            WorkflowType<?, ?> type, String source, @Nullable Supplier<? extends Durable<?, ?>> factory) {
        return new WorkflowDefinition(
                new Route(type.name(), 1), type.input().type(), type.output().type(), source, factory);
    }

    /** Workflows while they are registered, each judged at once. Not thread-safe. */
    public static final class Builder {
        private final Map<Route, WorkflowDefinition> definitions = new LinkedHashMap<>();

        private Builder() {}

        /** Registers one object for all instances, in version 1; refused if its class has fields that change. */
        public Builder add(WorkflowType<?, ?> type, Durable<?, ?> workflow) {
            Lookalikes.refuse(workflow);
            WorkflowClasses.refuseState(type.name(), workflow);
            return add(described(type, WorkflowClasses.sourceOf(workflow), () -> workflow));
        }

        /** Registers a supplier of a new object for each activation, in version 1. */
        public Builder add(WorkflowType<?, ?> type, Supplier<? extends Durable<?, ?>> supplier) {
            return add(described(type, WorkflowClasses.sourceOf(supplier), supplier));
        }

        /**
         * Registers a class by its annotation, with a supplier of a new object for each activation. If it has activities, its own or those of
         * a field, the supplier shows at once whether it makes beans, which are intercepted; anything else is refused.
         */
        public Builder add(Class<? extends Durable<?, ?>> type, Supplier<? extends Durable<?, ?>> supplier) {
            WorkflowDefinition definition = bean(type, supplier);
            if (Lookalikes.isSuspect(type)) {
                definition.create();
            }
            return add(definition);
        }

        /** The same for a supplier of beans; each object is looked at when it is made. */
        public Builder addBean(Class<? extends Durable<?, ?>> type, Supplier<? extends Durable<?, ?>> supplier) {
            return add(bean(type, supplier));
        }

        private static WorkflowDefinition bean(
                Class<? extends Durable<?, ?>> type, Supplier<? extends Durable<?, ?>> supplier) {
            return WorkflowClasses.describe(type, () -> looked(supplier.get()));
        }

        @SuppressWarnings("NullAway") // what makes nothing is refused by whoever asked
        private static Durable<?, ?> looked(@Nullable Durable<?, ?> made) {
            if (made != null) {
                Lookalikes.refuse(made);
            }
            return made;
        }

        public WorkflowRegistry build() {
            return new WorkflowRegistry(definitions.values());
        }

        private Builder add(WorkflowDefinition definition) {
            WorkflowDefinition other = definitions.putIfAbsent(definition.route(), definition);
            if (other != null) {
                throw new RomancyException(
                        ErrorCode.DUPLICATE_NAME,
                        "Workflow " + definition.route() + " is registered twice, by " + other.source() + " and by "
                                + definition.source()
                                + ": instances would run with one or the other. Rename one, or give it another version.");
            }
            return this;
        }
    }
}
