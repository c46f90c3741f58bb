package io.romancy.testkit;

import io.romancy.api.Romancy;
import io.romancy.engine.EngineBuilder;
import io.romancy.engine.seam.StepInterceptor;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.fault.NotificationRules;
import io.romancy.testkit.fault.StorageProviders;
import io.romancy.testkit.record.EngineEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engines of one test, the database that they share, and a look into it past all of them. Thread-safe. */
final class Fleet implements AutoCloseable {
    /** The worker whose step the calling thread runs. */
    private static final ThreadLocal<@Nullable Member> HERE = new ThreadLocal<>();

    private final TestDatabase database;
    private final Opening opening;
    private final Storage storage;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final EngineEvents events = new EngineEvents();
    private final NotificationRules rules = new NotificationRules();
    private final Stubs stubs = new Stubs();
    private final Crashes crashes = new Crashes();

    /** Opens the engine of one more worker, with what the fleet puts into its builder. */
    @FunctionalInterface
    interface Opening {
        Romancy open(Fleet fleet, Member member);
    }

    Fleet(TestDatabase database, Opening opening) {
        this.database = database;
        this.opening = opening;
        StorageSettings settings = StorageSettings.of(database.url());
        this.storage = StorageProviders.forSettings(settings).open(settings, new StorageContext("testkit", "romancy_"));
    }

    /** A worker that somebody else opens: already known before, by the faults that it will be behind. */
    synchronized Member expect() {
        Member member = member(members.size());
        members.add(member);
        return member;
    }

    /** Where this worker finds the database, behind its faults. */
    String url(Member member) {
        return member.faults.url(database.url());
    }

    /** Puts what a test steers into the builder of an engine. */
    void tap(Member member, EngineBuilder builder) {
        StepInterceptor steps = stubs.around(member.number, member.faults, crashes);
        builder.steps((name, step, attempt, body) -> {
                    HERE.set(member);
                    try {
                        return steps.attempt(name, step, attempt, body);
                    } finally {
                        HERE.remove();
                    }
                })
                .sweep(member::sweepsWith)
                .listener(events);
    }

    private Member member(int number) {
        Faults faults = Faults.create("Worker " + number, rules);
        faults.watch(crashes.watch(number, faults));
        return new Member(number, faults);
    }

    /** Opens one more engine; returns its number. */
    synchronized int add() {
        Member member = open(members.size());
        members.add(member);
        return member.number;
    }

    private Member open(int number) {
        Member member = member(number);
        try {
            member.opened(opening.open(this, member));
            return member;
        } catch (RuntimeException | Error e) {
            member.faults.close();
            throw e;
        }
    }

    /** Lets the next test of the same application begin without what this one did to it, and with so many workers. */
    synchronized void restore(int workers) {
        rules.heal();
        all().forEach(Member::forget);
        stubs.clear();
        crashes.clear();
        if (members.getFirst().isOpened()) {
            running(workers);
        }
        events.forget();
    }

    /** Opens what is missing of so many workers, also in the places of those that do not live any more, and closes those beyond. */
    synchronized void running(int workers) {
        for (Member member : members) {
            if (member.number < workers && !member.lives()) {
                replace(member);
            }
        }
        while (members.size() < workers) {
            add();
        }
        while (members.size() > workers) {
            remove(members.removeLast());
        }
    }

    private void replace(Member gone) {
        members.set(gone.number, open(gone.number));
        remove(gone);
    }

    /** What a dead one left undone is free for others at once. */
    private void remove(Member member) {
        if (!member.faults.isAlive() && member.romancy().status().node() != null) {
            endLease(member);
        }
        member.stop();
        member.faults.close();
    }

    void endLease(Member member) {
        storage.nodes().leave(member.node());
        sweep();
    }

    Member get(int number) {
        if (number < 0 || number >= members.size()) {
            throw new IllegalArgumentException("there is no worker " + number + ", only 0 to " + (members.size() - 1));
        }
        return members.get(number);
    }

    int size() {
        return members.size();
    }

    /** The first one that neither died nor is paused or stopped. */
    Member first() {
        return running()
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("No worker runs." + absences() + " workers().add() opens another."));
    }

    /** Whom an application means by its Romancy: in a step the worker that runs it, else the first that runs; if none does, the first. */
    Member meant() {
        Member runsThisStep = HERE.get();
        return runsThisStep != null ? runsThisStep : running().findFirst().orElseGet(members::getFirst);
    }

    Stream<Member> all() {
        return members.stream();
    }

    Stream<Member> running() {
        return members.stream().filter(Member::runs);
    }

    void sweep() {
        running().forEach(Member::sweep);
    }

    Storage storage() {
        return storage;
    }

    EngineEvents events() {
        return events;
    }

    NotificationRules rules() {
        return rules;
    }

    Stubs stubs() {
        return stubs;
    }

    Crashes crashes() {
        return crashes;
    }

    /** Whether nobody is left who could do something, now or after a pause. */
    boolean isExtinct() {
        return all().noneMatch(Member::lives);
    }

    /** What became of the workers that do not run, to be said to who waits in vain; empty if all do. */
    String absences() {
        StringBuilder text = new StringBuilder();
        all().filter(Member::isOpened)
                .filter(member -> !member.runs())
                .forEach(member -> text.append(" Worker ")
                        .append(member.number)
                        .append(
                                member.faults.isAlive()
                                        ? member.isPaused() ? " is paused" : " was stopped"
                                        : crashes.deathOf(member.number))
                        .append('.'));
        return text.toString();
    }

    /** The dead end first, then everything heals, so that the rest can hand over and none is left behind. */
    void closeWorkers() {
        rules.heal();
        all().forEach(member -> member.faults.heal());
        all().forEach(Member::buryIfDead);
        all().filter(Member::isOpened).forEach(member -> member.romancy().close());
    }

    @Override
    public void close() {
        closeWorkers();
        all().forEach(member -> member.faults.close());
        storage.close();
        database.close();
    }
}
