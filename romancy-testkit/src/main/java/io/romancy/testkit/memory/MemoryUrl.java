package io.romancy.testkit.memory;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;

/**
 * {@code romancy:memory:<name>}, optionally with {@code ?notify=true}.
 *
 * @param name of the database
 * @param notifies whether a storage of this URL has notifications
 */
record MemoryUrl(String name, boolean notifies) {
    static final String PREFIX = "romancy:memory:";

    static MemoryUrl parse(String url) {
        String rest = url.substring(PREFIX.length());
        int question = rest.indexOf('?');
        String name = question < 0 ? rest : rest.substring(0, question);
        String parameter = question < 0 ? "notify=false" : rest.substring(question + 1);
        if (name.isBlank()) {
            throw refuse(url, "it names no database", "Write " + PREFIX + "<name>");
        }
        return switch (parameter) {
            case "notify=true" -> new MemoryUrl(name, true);
            case "notify=false" -> new MemoryUrl(name, false);
            default -> throw refuse(url, "'" + parameter + "' is no parameter of it", "Use notify=true or nothing");
        };
    }

    private static RomancyException refuse(String url, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.INVALID_OPTION, "URL '" + url + "' is refused: " + reason + ". " + remedy + ".");
    }
}
