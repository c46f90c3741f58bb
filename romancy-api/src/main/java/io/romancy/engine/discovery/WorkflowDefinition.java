package io.romancy.engine.discovery;

import io.romancy.api.Durable;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Route;
import java.lang.reflect.Type;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as the engine knows it.
 *
 * @param input what an input is encoded as; {@code Void.class} for none
 * @param output what a result is encoded as; {@code Void.class} for none
 * @param source what was registered, for messages
 * @param factory makes an object for one activation; null for a workflow that can be started from here and runs elsewhere
 */
public record WorkflowDefinition(
        Route route,
        Type input,
        Type output,
        String source,
        @Nullable Supplier<? extends Durable<?, ?>> factory) {
    /** A fresh object. What the factory throws is thrown on; one that makes nothing is refused. */
    @SuppressWarnings("unchecked") // input and output were read from the same declaration
    public Durable<@Nullable Object, @Nullable Object> create() {
        Durable<?, ?> made = factory == null ? null : factory.get();
        if (made == null) {
            throw new RomancyException(
                    ErrorCode.WORKFLOW_UNKNOWN,
                    "Workflow " + route + " cannot run here: "
                            + (factory == null
                                    ? source + " is not registered"
                                    : "the supplier of " + source + " returned null")
                            + ". Register it with workflow(..) and a supplier that makes a new object each time.");
        }
        return (Durable<@Nullable Object, @Nullable Object>) made;
    }
}
