package io.romancy.micronaut.processing;

import io.micronaut.inject.ast.ClassElement;
import io.micronaut.inject.ast.Element;
import io.micronaut.inject.ast.MethodElement;

/** Where rules say what they found. */
interface Findings {
    /** Something would not be durable: why, and what to do about it; both without a full stop. */
    void refuse(String reason, String remedy, String subject, Element at);

    default void refuseActivity(MethodElement method, ClassElement type, String reason, String remedy) {
        boolean isHere = method.getDeclaringType().getName().equals(type.getName());
        refuse(reason, remedy, "Activity " + type.getName() + "." + method.getName(), isHere ? method : type);
    }

    default void refuseWorkflow(ClassElement type, String reason, String remedy) {
        refuse(reason, remedy, "Workflow class " + type.getName(), type);
    }
}
