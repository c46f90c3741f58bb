package io.romancy.postgres.soak;

import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Worker processes, each behind a network of its own, which can be killed, stopped for a while and replaced. For one thread. */
final class SoakFleet implements AutoCloseable {
    private static final int SECONDS_TO_END = 30;

    /** Nobody's clock counts but the database's. */
    private static final List<String> TIME_ZONES = List.of("Pacific/Kiritimati", "UTC", "Pacific/Marquesas");

    private final PostgresDatabase database;
    private final Path logs;
    private final List<Seat> seats = new ArrayList<>();
    private int started;

    SoakFleet(PostgresDatabase database, Path logs, int workers) throws IOException {
        this.database = database;
        this.logs = logs;
        for (int i = 0; i < workers; i++) {
            seats.add(new Seat("soak-" + (i + 1)));
        }
    }

    List<Seat> seats() {
        return List.copyOf(seats);
    }

    /** How many processes were started in all. */
    int started() {
        return started;
    }

    /** Everything works again, and every place is taken. */
    void heal() throws IOException, InterruptedException {
        for (Seat seat : seats) {
            seat.proxy.network().heal();
            seat.proxy.passNotifications();
            seat.go();
            seat.fill();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (Seat seat : seats) {
                seat.go();
                seat.leave();
            }
            for (Seat seat : seats) {
                seat.process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (Seat seat : seats) {
                seat.kill();
                seat.proxy.close();
            }
        }
    }

    /** A place for one process after the other. */
    final class Seat {
        private final String name;
        private final PostgresProxy proxy;
        private Process process;

        private Seat(String name) throws IOException {
            this.name = name;
            this.proxy = PostgresProxy.inFrontOf(database);
            this.process = start();
        }

        String name() {
            return name;
        }

        PostgresProxy proxy() {
            return proxy;
        }

        /** As {@code kill -9} does. */
        void kill() {
            process.destroyForcibly();
        }

        /** Lets it hand over and end; the next one does not wait for that. */
        void leave() throws IOException {
            process.getOutputStream().close();
        }

        /** Stands still: its connections stay open, and it does not know. */
        void stop() throws IOException, InterruptedException {
            signal("-STOP");
        }

        void go() throws IOException, InterruptedException {
            signal("-CONT");
        }

        /** Starts the next one if this one has ended. */
        void fill() throws IOException {
            if (!process.isAlive()) {
                process = start();
            }
        }

        private void signal(String signal) throws IOException, InterruptedException {
            if (process.isAlive()) {
                new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            }
        }

        private Process start() throws IOException {
            started++;
            Files.createDirectories(logs);
            File log = logs.resolve(name + ".log").toFile();
            return new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Duser.timezone=" + TIME_ZONES.get(started % TIME_ZONES.size()),
                            "-cp",
                            System.getProperty("java.class.path"),
                            SoakWorker.class.getName(),
                            proxy.url(database),
                            database.url(),
                            name)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        }
    }
}
