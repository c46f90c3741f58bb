package io.romancy.micronaut;

import io.romancy.api.Step;
import org.jspecify.annotations.Nullable;

/**
 * An activity as the workflows see it.
 *
 * @param step without what belongs to one call
 * @param undo how a call is taken back; null if it is not
 */
record ActivityPlan(String name, Step<?> step, @Nullable Undoing undo) {
    boolean isTimed() {
        return step.timeout() != null;
    }
}
