package io.romancy.postgres.soak;

import io.romancy.testkit.net.Direction;
import io.romancy.testkit.postgres.LocalServer;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.StopMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks something, mends it a while later, and goes on so: what and when is decided by a seed. One thread does it all. */
final class Mischief implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mischief.class);
    private static final int LONGEST_PEACE_MILLIS = 4_000;
    private static final int LONGEST_TROUBLE_MILLIS = 7_000;

    private enum Kind {
        KILL,
        STOP,
        LEAVE,
        CUT,
        STALL,
        REFUSE,
        DEAF,
        CLIENT,
        LISTENERS,
        RESTART
    }

    private final Random random;
    private final LocalServer server;
    private final PostgresDatabase database;
    private final SoakFleet fleet;
    private final PostgresProxy ofClient;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private volatile @Nullable Throwable failure;

    Mischief(long seed, LocalServer server, PostgresDatabase database, SoakFleet fleet, PostgresProxy ofClient) {
        this.random = new Random(seed);
        this.server = server;
        this.database = database;
        this.fleet = fleet;
        this.ofClient = ofClient;
    }

    void start() {
        later(LONGEST_PEACE_MILLIS, this::next);
    }

    /** Ends it, mends everything, and says what was done; fails if it could not do as it liked. */
    String end() throws Exception {
        thread.shutdownNow();
        if (!thread.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a fault did not end");
        }
        ofClient.network().heal();
        fleet.heal();
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("mischief failed after " + counts, failed);
        }
        return counts.toString();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void next() throws Exception {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        SoakFleet.Seat seat = fleet.seats().get(random.nextInt(fleet.seats().size()));
        // whoever was killed, or came while the server was away
        for (SoakFleet.Seat empty : fleet.seats()) {
            empty.fill();
        }
        counts.merge(kind, 1, Integer::sum);
        LOG.info("{} {}", kind, seat.name());
        act(kind, seat);
        later(1 + random.nextInt(LONGEST_PEACE_MILLIS), this::next);
    }

    private void act(Kind kind, SoakFleet.Seat seat) throws Exception {
        int trouble = 1 + random.nextInt(LONGEST_TROUBLE_MILLIS);
        var network = seat.proxy().network();
        switch (kind) {
            case KILL -> seat.kill();
            case STOP -> {
                seat.stop();
                later(trouble, seat::go);
            }
            case LEAVE -> {
                seat.leave();
                later(LONGEST_TROUBLE_MILLIS, seat::kill);
            }
            case CUT -> network.cut();
            case STALL -> {
                network.stall(List.of(Direction.values()).get(random.nextInt(Direction.values().length)));
                later(trouble, network::heal);
            }
            case REFUSE -> {
                network.refuse();
                network.cut();
                later(trouble, network::heal);
            }
            case DEAF -> {
                seat.proxy().loseNotifications();
                later(trouble, seat.proxy()::passNotifications);
            }
            case CLIENT -> ofClient.network().cut();
            case LISTENERS -> LOG.info("{} listeners ended", database.terminate("romancy listen %"));
            case RESTART -> server.restart(random.nextBoolean() ? StopMode.FAST : StopMode.IMMEDIATE);
        }
    }

    private void later(int millis, Act act) {
        if (!thread.isShutdown()) {
            var unused = thread.schedule(() -> isolated(act), millis, TimeUnit.MILLISECONDS);
        }
    }

    private void isolated(Act act) {
        try {
            act.run();
        } catch (Exception | Error e) {
            if (!thread.isShutdown()) {
                failure = e;
                LOG.error("mischief failed", e);
            }
        }
    }

    @FunctionalInterface
    private interface Act {
        void run() throws Exception;
    }
}
