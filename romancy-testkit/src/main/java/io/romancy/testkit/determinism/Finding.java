package io.romancy.testkit.determinism;

import java.util.List;

/**
 * A call in the code of a workflow that need not give the same on a replay.
 *
 * @param type the class whose code calls
 * @param method the method, of a lambda the one around it
 * @param file the source file, as stack traces name it
 * @param line its line; 0 if the class was compiled without
 * @param call what is called, such as {@code java.time.Instant.now}
 * @param why what is wrong with that in a workflow
 * @param remedy what to do instead
 * @param path how a workflow gets there, from its own method on
 */
public record Finding(
        String type, String method, String file, int line, String call, String why, String remedy, List<String> path) {
    public Finding {
        path = List.copyOf(path);
    }

    /** In the form of a stack trace, where tools make a link of it. */
    @Override
    public String toString() {
        return "at " + type + "." + method + "(" + file + ":" + line + ") " + call + ": " + why + ". " + remedy + "."
                + (path.size() < 2 ? "" : " Reached by " + String.join(" > ", path) + ".");
    }
}
