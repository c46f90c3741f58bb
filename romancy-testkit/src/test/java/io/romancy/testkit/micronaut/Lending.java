package io.romancy.testkit.micronaut;

import io.micronaut.runtime.context.scope.Refreshable;
import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.Compensate;
import io.romancy.api.error.TerminalException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lends something of a library, whose settings may change at any time, and finds nobody who reads it. */
@Workflow("lending")
class Lending implements Durable<String, String> {
    private final Library library;

    Lending(Library library) {
        this.library = library;
    }

    @Override
    public String run(WorkflowContext ctx, String what) {
        library.lend(what);
        ctx.receive(Greeting.GO);
        throw new TerminalException("nobody reads " + what);
    }

    /** What outlives the library. */
    @Singleton
    static class Desk {
        private final List<String> log = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> arrived = new CompletableFuture<>();

        List<String> log() {
            return log;
        }

        CompletableFuture<String> arrived() {
            return arrived;
        }
    }

    @Refreshable
    static class Library {
        private final Desk desk;

        Library(Desk desk) {
            this.desk = desk;
        }

        @Activity
        @Compensate("takeBack")
        public void lend(String what) {
            desk.log().add("lent " + what);
            desk.arrived().complete(what);
        }

        @Activity
        public void takeBack(String what) {
            desk.log().add("returned " + what);
        }
    }
}
