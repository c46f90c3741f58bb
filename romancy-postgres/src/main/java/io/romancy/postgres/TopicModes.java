package io.romancy.postgres;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What mode each topic has. The first who uses one decides, for good: what was read once is remembered. Asked for on a connection of its
 * own, so that a transaction of the application neither waits for the first use by another nor takes its own back.
 */
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

    /** Refuses to use a topic in another mode than its own; the first use fixes it. */
    void check(ChannelName topic, TopicMode asked) {
        TopicMode inForce = declare(topic, asked);
        if (inForce != asked) {
            throw new RomancyException(
                    ErrorCode.TOPIC_MODE_CONFLICT,
                    "Topic '" + topic.name() + "' is " + inForce + " since it was first used, and cannot be used as "
                            + asked + ". Take another name, or use it as " + inForce + " everywhere.");
        }
    }

    /** The same for a message, which goes to a topic or to an instance. */
    void check(NewMessage message) {
        TopicMode mode = message.mode();
        if (mode != null) {
            check(message.channel(), mode);
        }
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
