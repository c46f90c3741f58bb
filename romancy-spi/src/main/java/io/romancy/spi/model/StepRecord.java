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
    /**
     * Kinds from this one on, and from its negative down, are of records that a run writes while it undoes what it did. Such a run is never
     * retried after its end.
     */
    public static final int COMPENSATION = 1000;

    /** Whether it was written while the run undid what it did. */
    public boolean isCompensation() {
        return isCompensation(kind);
    }

    /** Whether records of this kind are written while a run undoes what it did. */
    public static boolean isCompensation(int kind) {
        return Math.abs(kind) >= COMPENSATION;
    }

    /** What it counts for, about, where bytes are bounded. */
    public long bytes() {
        return (long) name.length() + (body == null ? 0 : body.data().length);
    }

    /** Whether a later record of the same position may replace this one. */
    public boolean isOpen() {
        return kind < 0;
    }
}
