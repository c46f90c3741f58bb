package io.romancy.micronaut.processing;

import io.micronaut.inject.ast.ClassElement;
import io.micronaut.inject.ast.Element;
import io.micronaut.inject.ast.MethodElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An activity that asks for a transaction means the one that its record commits with. */
final class TransactionRule {
    private static final String MICRONAUT = "io.micronaut.transaction.annotation.Transactional";
    private static final String JAKARTA = "jakarta.transaction.Transactional";
    private static final String SPRING = "org.springframework.transaction.annotation.Transactional";
    private static final String NEW = "REQUIRES_NEW";

    private final Findings findings;
    private final @Nullable String datasource;

    TransactionRule(Findings findings, @Nullable String datasource) {
        this.findings = findings;
        this.datasource = datasource;
    }

    /** Whether a class or method is to run in a transaction. */
    static boolean asksForOne(Element element) {
        return Stream.of(MICRONAUT, JAKARTA, SPRING).anyMatch(element::hasAnnotation);
    }

    void judge(MethodElement method, ClassElement type) {
        boolean isNew = Stream.of(
                        method.stringValue(MICRONAUT, "propagation"),
                        method.stringValue(SPRING, "propagation"),
                        method.stringValue(JAKARTA))
                .flatMap(Optional::stream)
                .anyMatch(NEW::equals);
        if (isNew) {
            findings.refuseActivity(
                    method,
                    type,
                    "it asks for a transaction of its own by REQUIRES_NEW, which commits apart from whatever surrounds it",
                    "Take REQUIRES_NEW away: an activity has a transaction of its own anyway, which its record is part of");
        }
        committing(method)
                .ifPresent(member -> findings.refuseActivity(
                        method,
                        type,
                        "by " + member
                                + " its transaction is committed although the attempt has failed, and the next one"
                                + " writes the same again",
                        "Take " + member + " away; what is to stay although the activity fails belongs in an activity"
                                + " of its own"));
        String ours = datasource;
        if (ours != null) {
            named(method)
                    .filter(name -> !name.equals(ours))
                    .ifPresent(name -> findings.refuseActivity(
                            method,
                            type,
                            "its transaction is one of datasource '" + name + "', and Romancy lives in '" + ours
                                    + "', so that its record would commit apart from its rows",
                            "Name '" + ours + "', or call the transactional method from an activity that is not"
                                    + " transactional, and let it bear being repeated"));
        }
    }

    /** What says of some failures that they are no reason to roll back; of those that are, any other is none. */
    private static Optional<String> committing(MethodElement method) {
        for (String annotation : List.of(MICRONAUT, JAKARTA, SPRING)) {
            for (String member : List.of("noRollbackFor", "dontRollbackOn", "noRollbackForClassName")) {
                if (method.stringValues(annotation, member).length > 0) {
                    return Optional.of(member);
                }
            }
            for (String member : List.of("rollbackFor", "rollbackOn", "rollbackForClassName")) {
                List<String> failures = List.of(method.stringValues(annotation, member));
                if (!failures.isEmpty() && !failures.contains(Throwable.class.getName())) {
                    return Optional.of(member);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> named(MethodElement method) {
        return Stream.of(
                        method.stringValue(MICRONAUT),
                        method.stringValue(MICRONAUT, "transactionManager"),
                        method.stringValue(SPRING),
                        method.stringValue(SPRING, "transactionManager"))
                .flatMap(Optional::stream)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }
}
