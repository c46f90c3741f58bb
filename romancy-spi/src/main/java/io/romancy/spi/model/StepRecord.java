package io.romancy.spi.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a workflow in its history: which one ({@code position}, {@code name}) and what is known of it. A position has one
 * record; an open one (an attempt, a running timer) is replaced by the next of the same operation, a closed one never changes.
 *
 * @param position counts the operations of a run from 0
 * @param kind what the record says, a small number whose meaning belongs to the engine; negative while the operation is open
 * @param name name and occurrence of the operation, such as {@code charge:1}
 * @param body what belongs to the kind; storages never look inside
 * @param at the database's time of the write; ignored when writing
 */
public record StepRecord(
        int position, int kind, String name, @Nullable Payload body, Instant at) {
    /** Whether a later record of the same position may replace this one. */
    public boolean isOpen() {
        return kind < 0;
    }
}
