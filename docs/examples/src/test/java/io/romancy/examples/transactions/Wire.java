package io.romancy.examples.transactions;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** What passes between the application and its datasource, and what a test lets happen there. Thread-safe. */
final class Wire {
    /** A place where a test can come in between, once. */
    enum Place {
        BEFORE_CONNECTION,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** What is done there. */
    @FunctionalInterface
    interface Event {
        void happen() throws SQLException;
    }

    private final Map<Place, Event> events = new ConcurrentHashMap<>();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    void once(Place place, Event event) {
        events.put(place, event);
    }

    /** The statements of the application's connections since the last call. */
    List<String> takeStatements() {
        List<String> taken = List.copyOf(statements);
        statements.clear();
        return taken;
    }

    /** How many connections the application holds. */
    int open() {
        return open.get();
    }

    /** The most that it held at once. */
    int most() {
        return most.get();
    }

    private void at(Place place) throws SQLException {
        Event event = events.remove(place);
        if (event != null) {
            event.happen();
        }
    }

    DataSource tap(DataSource target) {
        return proxy(DataSource.class, target, (name, arguments, call) -> {
            if (!name.equals("getConnection")) {
                return call.run();
            }
            at(Place.BEFORE_CONNECTION);
            Connection connection = (Connection) call.run();
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return tap(connection);
        });
    }

    private Connection tap(Connection target) {
        return proxy(Connection.class, target, (name, arguments, call) -> switch (name) {
            case "prepareStatement" -> {
                statements.add(String.valueOf(arguments[0]));
                yield call.run();
            }
            case "setSavepoint", "releaseSavepoint" -> {
                statements.add(name);
                yield call.run();
            }
            case "commit" -> {
                at(Place.BEFORE_COMMIT);
                Object nothing = call.run();
                at(Place.AFTER_COMMIT);
                yield nothing;
            }
            case "close" -> {
                open.decrementAndGet();
                yield call.run();
            }
            default -> call.run();
        });
    }

    private interface Call {
        Object run() throws Throwable;
    }

    private interface Tap {
        Object on(String method, Object[] arguments, Call call) throws Throwable;
    }

    @SuppressWarnings("NullAway") // null is what a method without arguments or result has
    private static <T> T proxy(Class<T> type, T target, Tap tap) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> tap.on(method.getName(), arguments, () -> {
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })));
    }
}
