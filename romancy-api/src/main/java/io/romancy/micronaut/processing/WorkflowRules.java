package io.romancy.micronaut.processing;

import io.micronaut.context.annotation.Prototype;
import io.micronaut.core.annotation.AnnotationUtil;
import io.micronaut.inject.ast.ClassElement;
import io.micronaut.inject.ast.ElementQuery;
import io.romancy.api.Durable;
import io.romancy.api.Workflow;

/** What a class with {@link Workflow} must be. */
final class WorkflowRules {
    private final Findings findings;

    WorkflowRules(Findings findings) {
        this.findings = findings;
    }

    void judge(ClassElement type) {
        if (!type.hasDeclaredAnnotation(Workflow.class)) {
            return;
        }
        if (!type.isAssignable(Durable.class)) {
            findings.refuseWorkflow(
                    type,
                    "it does not implement Durable, so nothing runs it",
                    "Implement Durable<Input, Output>, or take @Workflow away");
        }
        if (type.isAbstract() || type.isInterface()) {
            findings.refuseWorkflow(
                    type,
                    "it is abstract, so that it has no objects, and @Workflow is not inherited",
                    "Put @Workflow on the classes that extend it");
        }
        if (type.isInner() && !type.isStatic()) {
            findings.refuseWorkflow(
                    type,
                    "it is an inner class, which Micronaut cannot create",
                    "Make it static, or a class of its own");
        }
        if (!type.getDeclaredGenericPlaceholders().isEmpty()) {
            findings.refuseWorkflow(
                    type,
                    "it has type parameters, and no class literal that starts it says what they are",
                    "Make a subclass that names them, and put @Workflow on that");
        }
        if (TransactionRule.asksForOne(type)
                || type
                        .getEnclosedElements(
                                ElementQuery.ALL_METHODS.onlyDeclared().named("run"))
                        .stream()
                        .anyMatch(TransactionRule::asksForOne)) {
            findings.refuseWorkflow(
                    type,
                    "it asks for a transaction by @Transactional, which would stay open while the workflow waits and take"
                            + " back what its steps have recorded",
                    "Take it away: each activity has a transaction of its own");
        }
        for (String scope : type.getAnnotationNamesByStereotype(AnnotationUtil.SCOPE)) {
            if (!scope.equals(Prototype.class.getName()) && !scope.equals(Workflow.class.getName())) {
                findings.refuseWorkflow(
                        type,
                        "@" + simple(scope)
                                + " stands beside @Workflow, so that one object would mix the local state of many"
                                + " instances",
                        "Take it away: @Workflow makes the class a prototype");
            }
        }
    }

    private static String simple(String annotation) {
        return annotation.substring(annotation.lastIndexOf('.') + 1);
    }
}
