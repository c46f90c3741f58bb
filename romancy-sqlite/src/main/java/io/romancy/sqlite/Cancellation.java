package io.romancy.sqlite;

import io.romancy.spi.model.InstanceStatus;
import java.sql.SQLException;

/** A request to cancel: an event for the run, which decides itself how it ends. */
final class Cancellation {
    private final Tables tables;
    private final Moment moment;

    Cancellation(Tables tables, Moment moment) {
        this.tables = tables;
        this.moment = moment;
    }

    /**
     * Asks a run that has not ended to cancel; the first reason is kept. A waiting run becomes ready, whatever it waits for, and a stuck
     * one each time that it is asked; says whether it did.
     */
    boolean request(RunState run, String reason) throws SQLException {
        boolean stuck = run.status() == InstanceStatus.STUCK;
        boolean first = run.cancel() == null;
        if (!first && !stuck) {
            return false;
        }
        boolean wakes = run.status() == InstanceStatus.WAITING || stuck;
        if (first) {
            tables.runs.askToCancel(run.no(), reason);
        }
        tables.runs.event(run.no(), wakes, moment);
        return wakes;
    }
}
