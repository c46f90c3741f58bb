package io.romancy.engine.config;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with options, collected and then said together. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    /** One refusal: the options with their values, what would come of it, and the way out. */
    static RomancyException refusal(String options, String consequence, String remedy) {
        return new RomancyException(ErrorCode.INVALID_OPTION, sentence(options, consequence, remedy));
    }

    void add(String options, String consequence, String remedy) {
        found.add(sentence(options, consequence, remedy));
    }

    void add(RomancyException refusal) {
        found.add(String.valueOf(refusal.getMessage())
                .substring(refusal.code().id().length() + 2));
    }

    void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            add(option + " = " + value, "it is not between " + least + " and " + most, "Take a number between them");
        }
    }

    void range(String option, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            add(option + " = " + value, "it is not between " + least + " and " + most, "Take a time between them");
        }
    }

    void throwIfAny() {
        if (found.size() == 1) {
            throw new RomancyException(ErrorCode.INVALID_OPTION, found.getFirst());
        }
        if (!found.isEmpty()) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    found.size() + " things are wrong with the options:\n  - " + String.join("\n  - ", found));
        }
    }

    private static String sentence(String options, String consequence, String remedy) {
        return "Option " + options + " is refused: " + consequence + ". " + remedy + ".";
    }
}
