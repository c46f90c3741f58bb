package io.romancy.micronaut.processing;

import io.micronaut.inject.ast.ClassElement;
import io.micronaut.inject.visitor.TypeElementVisitor;
import io.micronaut.inject.visitor.VisitorContext;
import io.romancy.spi.error.ErrorCode;
import java.util.Set;

/**
 * Refuses, while they are compiled, workflows and activities that would silently not be durable. Found by the Micronaut processor; called
 * with each class of a compilation.
 */
public final class DurabilityVisitor implements TypeElementVisitor<Object, Object> {
    /** Processor option: the datasource that Romancy lives in, as {@code romancy.datasource} says it at run time. */
    static final String DATASOURCE = "micronaut.romancy.datasource";

    /** For ServiceLoader. */
    public DurabilityVisitor() {}

    @Override
    public VisitorKind getVisitorKind() {
        return VisitorKind.ISOLATING;
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(DATASOURCE);
    }

    @Override
    public void visitClass(ClassElement type, VisitorContext context) {
        Findings findings = (reason, remedy, subject, element) -> context.fail(
                ErrorCode.NOT_DURABLE.id() + ": " + subject + " is refused: " + reason + ". " + remedy + ".", element);
        new WorkflowRules(findings).judge(type);
        new ActivityRules(findings, context.getOptions().get(DATASOURCE)).judge(type);
    }
}
