package io.romancy.micronaut.processing;

import io.micronaut.inject.ast.ClassElement;
import io.micronaut.inject.ast.ElementQuery;
import io.micronaut.inject.ast.MethodElement;
import io.micronaut.inject.ast.ParameterElement;
import io.romancy.api.activity.Compensate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@link Compensate} names must be there, once, and be callable. */
final class CompensateRule {
    private final Findings findings;

    CompensateRule(Findings findings) {
        this.findings = findings;
    }

    void judge(MethodElement activity, ClassElement type) {
        String name = activity.stringValue(Compensate.class).orElse("");
        List<String> inputs = types(activity);
        List<String> withResult = new ArrayList<>(inputs);
        withResult.add(name(activity.getReturnType()));
        List<MethodElement> found = type.getEnclosedElements(ElementQuery.ALL_METHODS.named(name)).stream()
                .filter(method -> types(method).equals(inputs)
                        || (!activity.getReturnType().isVoid() && types(method).equals(withResult)))
                .toList();
        if (found.isEmpty()) {
            refuse(activity, type, name, "there is no such method");
        } else if (found.size() > 1) {
            refuse(activity, type, name, "there are two of them");
        } else if (found.getFirst().isStatic() || found.getFirst().isPrivate()) {
            refuse(activity, type, name, "it is static or private");
        }
    }

    private void refuse(MethodElement activity, ClassElement type, String name, String why) {
        findings.refuseActivity(
                activity,
                type,
                "it names '" + name + "' in @Compensate, but " + why,
                "Let one method of its class, neither private nor static, have this name and the activity's parameters, or those"
                        + " and its result");
    }

    private static List<String> types(MethodElement method) {
        return Arrays.stream(method.getParameters())
                .map(ParameterElement::getType)
                .map(CompensateRule::name)
                .toList();
    }

    private static String name(ClassElement type) {
        return type.getName() + "[]".repeat(type.getArrayDimensions());
    }
}
