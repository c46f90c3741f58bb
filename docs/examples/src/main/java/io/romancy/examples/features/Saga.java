package io.romancy.examples.features;

import static java.time.Duration.ofMinutes;

import io.romancy.api.Romancy;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.error.TerminalException;
import io.romancy.api.error.WorkflowFailedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A saga undoes what it did when it cannot go on: newest first, each once, also after a crash in the middle. The undoing of a step belongs to
 * the step; what is no step is added by {@code ctx.compensate}. The workflow then ends as it would have, failed or cancelled.
 */
public final class Saga {
    static final WorkflowType<String, String> TRIP = WorkflowType.of("trip", String.class, String.class);

    private static final List<String> DONE = new CopyOnWriteArrayList<>();

    private Saga() {}

    static String trip(WorkflowContext ctx, String town) {
        var bookSeat = Step.of("book_seat", Integer.class) // undone only if it completed, and given what it returned
                .compensate(seat -> ctx.step("release_seat", () -> DONE.add("seat " + seat + " released")));
        int seat = ctx.step(bookSeat, activity -> 17);

        ctx.compensate(() -> ctx.step("tell", () -> DONE.add("the guest is told"))); // before what may half succeed
        String hotel = ctx.step("book_hotel", String.class, () -> findHotel(town));
        return "seat " + seat + ", " + hotel;
    }

    private static String findHotel(String town) {
        if (town.equals("Atlantis")) {
            throw new TerminalException("no hotel is above water");
        }
        return "Hotel " + town;
    }

    static List<String> run(String database, String town) {
        DONE.clear();
        try (var romancy =
                Romancy.builder().database(database).workflow(TRIP, Saga::trip).open()) {
            var trip = romancy.start(TRIP, town);
            try {
                DONE.add(trip.result(ofMinutes(1)));
            } catch (WorkflowFailedException e) {
                DONE.add(e.failure().message() + ", undoing: " + trip.info().compensation());
            }
            return List.copyOf(DONE);
        }
    }

    public static void main(String... args) {
        System.out.println(run("jdbc:sqlite:saga.db", "Lisbon"));
        System.out.println(run("jdbc:sqlite:saga.db", "Atlantis"));
    }
}
