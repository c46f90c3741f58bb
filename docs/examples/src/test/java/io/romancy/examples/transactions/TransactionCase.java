package io.romancy.examples.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.testkit.record.EventConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A database and an application on it, for each test; each class runs on every kind of database. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Database.Kind.class)
abstract class TransactionCase {
    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    Database.Kind kind;

    @SuppressWarnings("NullAway.Init") // before each test
    Database database;

    private final List<App> apps = new ArrayList<>();

    @BeforeEach
    void createDatabase() {
        database = Database.create(kind);
    }

    @AfterEach
    void stop() {
        apps.forEach(App::close);
        database.close();
    }

    App app() {
        return app(Map.of());
    }

    App app(Map<String, Object> options) {
        App app = App.start(database, options);
        apps.add(app);
        return app;
    }

    /** Starts a workflow that calls this activity. */
    static WorkflowHandle<String> call(App app, String activity, String note) {
        return app.romancy().start(Flows.Calling.class, activity + " " + note, StartOptions.id("call-" + note));
    }

    static String result(WorkflowHandle<String> handle) {
        return handle.result(App.DEADLINE);
    }

    /** Two workflows that wait for what {@code note} is about. */
    static void listen(App app, String note) {
        for (var type : List.of(Flows.Waiter.class, Flows.Reader.class)) {
            String id = note + (type == Flows.Waiter.class ? "-waiter" : "-reader");
            app.romancy().start(type, "", StartOptions.id(id));
            app.events().await(EventConditions.suspended(id));
        }
    }

    /** That the start, both messages and the event of {@code note} have taken effect, once. */
    void assertEverythingHappened(App app, String note) {
        assertThat(result(app.romancy().handle(note + "-child", Flows.Child.class)))
                .isEqualTo(note);
        assertThat(result(app.romancy().handle(note + "-waiter", Flows.Waiter.class)))
                .isEqualTo(note);
        assertThat(result(app.romancy().handle(note + "-reader", Flows.Reader.class)))
                .isEqualTo(note);
        assertThat(database.storage().outbox().counts().pending()).isEqualTo(1);
    }

    /** That nobody outside the transaction sees anything of it. */
    void assertNothingIsSeen(String note) {
        assertThat(database.entries(note + "%")).isZero();
        assertThat(database.storage().instances().find(note + "-child")).isEmpty();
        assertThat(database.storage().messages().dispatch(100).dispatched()).isZero();
        assertThat(database.storage().outbox().counts().pending()).isZero();
    }
}
