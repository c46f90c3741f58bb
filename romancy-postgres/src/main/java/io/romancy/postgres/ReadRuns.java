package io.romancy.postgres;

import io.romancy.spi.RunStore;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** History and mailbox of runs, as parts of statements that read many runs at once: each list is one column of arrays. */
final class ReadRuns {
    /** The most records that come along with a run, however small they are. */
    static final int RECORDS = 1024;

    /** Columns that {@link #HISTORY} yields. */
    static final int HISTORY_COLUMNS = 6;

    /** The first records of run {@code x.no}, as far as they fit, and whether that is all. */
    private static final String HISTORY = """
            LATERAL (
              SELECT array_agg(pos) FILTER (WHERE fits), array_agg(kind) FILTER (WHERE fits), array_agg(name) FILTER (WHERE fits),
                     array_agg(body) FILTER (WHERE fits),
                     array_agg((extract(epoch FROM at) * 1000000)::bigint) FILTER (WHERE fits), coalesce(bool_and(fits), true)
              FROM (SELECT *, row_number() OVER (ORDER BY pos) <= %d
                           AND sum(octet_length(name) + coalesce(octet_length(body), 0)) OVER (ORDER BY pos) <= %d AS fits
                    FROM (SELECT * FROM {step} WHERE run = x.no ORDER BY pos LIMIT %d) few) measured)""".formatted(RECORDS, RunStore.CLAIMED_HISTORY_BYTES, RECORDS + 1);

    /** In its place where it is left for later; at its first claim a run has none. */
    private static final String NO_HISTORY =
            "LATERAL (SELECT NULL::integer[], NULL::integer[], NULL::text[], NULL::bytea[], NULL::bigint[], "
                    + Timeline.countOf("x") + " = 1)";

    /**
     * The first messages of run {@code x.no}, as far as they fit, and whether that is all. A broadcast may arrive after its topic was left,
     * because its dispatch began before: then it is not for this run, nor for a later subscription.
     */
    private static final String MAILBOX =
            """
            LATERAL (
              SELECT array_agg(seq) FILTER (WHERE fits), array_agg(id) FILTER (WHERE fits), array_agg(channel) FILTER (WHERE fits),
                     array_agg(sender) FILTER (WHERE fits), array_agg(headers) FILTER (WHERE fits), array_agg(body) FILTER (WHERE fits),
                     array_agg((extract(epoch FROM at) * 1000000)::bigint) FILTER (WHERE fits), coalesce(bool_and(fits), true)
              FROM (SELECT *, /*however large*/row_number() OVER (ORDER BY seq) <= %d
                           AND sum(octet_length(channel) + octet_length(body) + coalesce(octet_length(sender), 0)
                               + coalesce(octet_length(headers), 0)) OVER (ORDER BY seq) <= %d AS fits
                    FROM (SELECT d.seq, m.* FROM {delivery} d,
                            LATERAL (SELECT id, kind, xid, channel, sender, headers, body, at FROM {msg} WHERE id = d.msg OFFSET 0) m
                          WHERE d.run = x.no /*channels*/ AND (m.kind <> 'b' OR (
                            SELECT NOT pg_visible_in_snapshot(m.xid, since) FROM {sub} WHERE channel = m.channel AND run = x.no))
                          ORDER BY d.seq LIMIT %d) few) measured)""".formatted(RunStore.MAILBOX_LIMIT, RunStore.MAILBOX_BYTES, RunStore.MAILBOX_LIMIT + 1);

    /** With the first one in any case: a claim is of many runs, but who looks has no other way to it. */
    private static final String LOOKED_AT =
            MAILBOX.replace("/*however large*/", "row_number() OVER (ORDER BY seq) = 1 OR ");

    /** The same of some channels only: one more parameter. */
    private static final String LOOKED_AT_OF_CHANNELS =
            LOOKED_AT.replace("/*channels*/", "AND m.channel = ANY ((SELECT ?::text[])::text[])");

    private ReadRuns() {}

    /** Puts both parts where a statement names them. */
    static String complete(String template) {
        return template.replace("/*history*/", HISTORY).replace("/*mailbox*/", MAILBOX);
    }

    /** The same with an empty history, which says whether that is all. */
    static String completeWithoutHistory(String template) {
        return template.replace("/*history*/", NO_HISTORY).replace("/*mailbox*/", MAILBOX);
    }

    /** The mailbox alone, for a look. */
    static String completeLook(String template) {
        return template.replace("/*mailbox*/", LOOKED_AT);
    }

    /** The same with the mailbox of some channels. */
    static String completeLookAtChannels(String template) {
        return template.replace("/*mailbox*/", LOOKED_AT_OF_CHANNELS);
    }

    /** The records that start at this column. */
    static List<StepRecord> history(ResultSet row, int column) throws SQLException {
        Integer[] positions = Cells.integers(row, column);
        Integer[] kinds = Cells.integers(row, column + 1);
        var names = Cells.texts(row, column + 2);
        var bodies = Cells.blobs(row, column + 3);
        Long[] times = Cells.numbers(row, column + 4);
        List<StepRecord> records = new ArrayList<>(positions.length);
        for (int i = 0; i < positions.length; i++) {
            records.add(new StepRecord(
                    positions[i],
                    kinds[i],
                    Objects.requireNonNull(names[i]),
                    Cells.payload(bodies[i]),
                    Cells.instant(times[i])));
        }
        return records;
    }

    static boolean isHistoryComplete(ResultSet row, int column) throws SQLException {
        return row.getBoolean(column + 5);
    }

    /** The messages that start at this column. */
    private static List<DeliveredMessage> messages(ResultSet row, int column) throws SQLException {
        Long[] places = Cells.numbers(row, column);
        Long[] ids = Cells.numbers(row, column + 1);
        var channels = Cells.texts(row, column + 2);
        var senders = Cells.texts(row, column + 3);
        var headers = Cells.texts(row, column + 4);
        var bodies = Cells.blobs(row, column + 5);
        Long[] times = Cells.numbers(row, column + 6);
        List<DeliveredMessage> messages = new ArrayList<>(places.length);
        for (int i = 0; i < places.length; i++) {
            messages.add(new DeliveredMessage(
                    places[i],
                    ids[i],
                    ChannelName.parse(Objects.requireNonNull(channels[i])),
                    senders[i],
                    MessageRow.headers(headers[i]),
                    Payload.ofBytes(Objects.requireNonNull(bodies[i])),
                    Cells.instant(times[i])));
        }
        return messages;
    }

    static Mailbox mailbox(ResultSet row, int column) throws SQLException {
        return new Mailbox(messages(row, column), row.getBoolean(column + 7));
    }

    /** What fits of a mailbox. */
    record Mailbox(List<DeliveredMessage> messages, boolean isComplete) {}
}
