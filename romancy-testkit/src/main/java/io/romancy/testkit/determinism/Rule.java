package io.romancy.testkit.determinism;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one kind that have no place in a workflow.
 *
 * @param owners internal names of classes; one that ends with a slash is a package and all below
 * @param names of methods; none for all of them
 * @param descriptor which of their descriptors
 */
record Rule(List<String> owners, List<String> names, Predicate<String> descriptor, Reason reason) {
    /** Why it is wrong, and what is right. */
    enum Reason {
        CLOCK("it reads a clock, which goes on between a run and its replay", "Take ctx.now()"),
        CHANCE("a replay gets another number", "Take ctx.random() or ctx.uuid(), or draw it in a step"),
        SLEEP("it blocks a thread, and blocks again on every replay", "Take ctx.sleep"),
        THREADS(
                "other threads have no order that a replay could repeat, and on them activities are plain calls and ctx is"
                        + " refused",
                "Do it in the body of one step"),
        WAITING(
                "it waits for something outside of the history, and a wait of the workflow may lose what it holds",
                "Take ctx.receive or ctx.sleep, or do it in a step"),
        FILES("every replay does it again, with other files", "Do it in a step"),
        NETWORK("every replay calls again, and gets another answer", "Do it in a step"),
        DATABASE("every replay asks again, and gets another answer", "Do it in a step"),
        SURROUNDINGS(
                "it differs from machine to machine", "Give it to the workflow with its input, or read it in a step"),
        PROGRAMS("every replay runs it again", "Do it in a step"),
        SERVICE(
                "it is for services and steps; each replay would do it again, so it is refused there",
                "Take ctx.start, ctx.send or ctx.publish, or do it in a step");

        final String why;
        final String remedy;

        Reason(String why, String remedy) {
            this.why = why;
            this.remedy = remedy;
        }
    }

    static Rule of(Reason reason, String owner, String... names) {
        return new Rule(List.of(owner), List.of(names), Rule::isAny, reason);
    }

    static Rule withoutArguments(Reason reason, String owner, String... names) {
        return new Rule(List.of(owner), List.of(names), Rule::isWithoutArguments, reason);
    }

    /** All methods of all these. */
    static Rule all(Reason reason, String... owners) {
        return new Rule(List.of(owners), List.of(), Rule::isAny, reason);
    }

    private static boolean isAny(String descriptor) {
        return true;
    }

    private static boolean isWithoutArguments(String descriptor) {
        return descriptor.startsWith("()");
    }

    boolean matches(String owner, String name, String descriptor) {
        return (names.isEmpty() || names.contains(name))
                && this.descriptor.test(descriptor)
                && owners.stream().anyMatch(one -> one.endsWith("/") ? owner.startsWith(one) : owner.equals(one));
    }

    /** The first rule that a call breaks. */
    static @Nullable Rule of(String owner, String name, String descriptor) {
        return Rules.ALL.stream()
                .filter(rule -> rule.matches(owner, name, descriptor))
                .findFirst()
                .orElse(null);
    }
}
