package io.romancy.micronaut.processing;

import io.micronaut.inject.ast.ClassElement;
import io.micronaut.inject.ast.MethodElement;
import io.romancy.api.activity.Compensate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an activity's method must be. */
final class MethodRules {
    private static final String ASYNC = "io.micronaut.scheduling.annotation.Async";

    private static final List<String> LATER = List.of(
            "java.util.concurrent.Future",
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.Flow$Publisher",
            "org.reactivestreams.Publisher",
            "java.util.stream.BaseStream",
            "java.util.Iterator");

    private final Findings findings;
    private final TransactionRule transactions;
    private final CompensateRule compensations;

    MethodRules(Findings findings, @Nullable String datasource) {
        this.findings = findings;
        this.transactions = new TransactionRule(findings, datasource);
        this.compensations = new CompensateRule(findings);
    }

    void judge(MethodElement method, ClassElement type) {
        if (method.isStatic()) {
            refuse(method, type, "it is static, and nobody intercepts a static method", "Make it a method of the bean");
        } else if (method.isPrivate()) {
            refuse(method, type, "it is private, and nobody intercepts a private method", "Let the package see it");
        } else if (method.isFinal() || type.isFinal()) {
            refuse(
                    method,
                    type,
                    (method.isFinal() ? "it" : "its class") + " is final, so that Micronaut cannot override it",
                    "Take final away");
        }
        if (method.hasStereotype(ASYNC)) {
            refuse(
                    method,
                    type,
                    "@Async runs it on a thread that no workflow knows, so that its outcome is not recorded",
                    "Take @Async away; it blocks no platform thread");
        }
        judgeResult(method, type);
        transactions.judge(method, type);
        if (method.hasDeclaredAnnotation(Compensate.class)) {
            compensations.judge(method, type);
        }
    }

    private void judgeResult(MethodElement method, ClassElement type) {
        ClassElement result = method.getGenericReturnType();
        for (String later : LATER) {
            if (result.getName().equals(later) || result.isAssignable(later)) {
                refuse(
                        method,
                        type,
                        "it returns " + result.getName()
                                + ", whose value comes after the activity has ended and cannot be" + " recorded",
                        "Return the value itself, or a list");
                return;
            }
        }
        if (result.isGenericPlaceholder() && !type.isAbstract()) {
            refuse(
                    method,
                    type,
                    "it returns a type variable, and its record must say what it is of",
                    "Name the type of the result");
        }
    }

    private void refuse(MethodElement method, ClassElement type, String reason, String remedy) {
        findings.refuseActivity(method, type, reason, remedy);
    }
}
