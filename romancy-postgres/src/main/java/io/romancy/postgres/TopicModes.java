package io.romancy.postgres;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What mode each topic has. The first who declares one decides, for good: what was read once is remembered. */
final class TopicModes {
    private static final int REMEMBERED = 10_000;

    /** Two declarations race; the primary key decides, and both read the winner's mode in a statement of its own. */
    private static final String DECLARE =
            "INSERT INTO {chan} (name, mode) VALUES (?, ?) ON CONFLICT (name) DO NOTHING RETURNING mode";

    private static final String READ = "SELECT mode FROM {chan} WHERE name = ?";

    private final Database database;
    private final HotStatement declare;
    private final HotStatement read;
    private final Map<String, TopicMode> known = new ConcurrentHashMap<>();

    TopicModes(Database database) {
        this.database = database;
        this.declare = HotStatement.plain(database.schema(), DECLARE);
        this.read = HotStatement.plain(database.schema(), READ);
    }

    /** Fixes the topic's mode if it has none yet, and returns the one in force. */
    TopicMode declare(ChannelName topic, TopicMode mode) {
        String name = topic.text();
        TopicMode remembered = known.get(name);
        return remembered != null ? remembered : remember(name, askOrDeclare(name, mode));
    }

    static RomancyException conflict(String topic, TopicMode inForce, TopicMode asked) {
        return new RomancyException(
                ErrorCode.TOPIC_MODE_CONFLICT,
                "Topic '" + topic + "' is " + inForce + " since it was first used, and cannot be used as " + asked
                        + ". Take another name, or use it as " + inForce + " everywhere.");
    }

    private TopicMode askOrDeclare(String name, TopicMode mode) {
        return database.call("Declaring a topic", connection -> {
            HotStatement.Reading<String> first = rows -> rows.next() ? rows.getString(1) : "";
            String found = read.execute(connection, params -> params.text(name), first);
            if (found.isEmpty()) {
                found = declare.execute(
                        connection, params -> params.text(name).text(String.valueOf(mode.code())), first);
            }
            if (found.isEmpty()) {
                found = read.execute(connection, params -> params.text(name), first);
            }
            return TopicMode.ofCode(found.charAt(0));
        });
    }

    private TopicMode remember(String name, TopicMode mode) {
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(name, mode);
        return mode;
    }
}
