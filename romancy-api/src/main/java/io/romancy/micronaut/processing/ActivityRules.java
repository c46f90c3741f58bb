package io.romancy.micronaut.processing;

import io.micronaut.aop.Around;
import io.micronaut.aop.Introduction;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.DefaultScope;
import io.micronaut.context.annotation.Executable;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.annotation.AnnotationUtil;
import io.micronaut.inject.ast.ClassElement;
import io.micronaut.inject.ast.ElementQuery;
import io.micronaut.inject.ast.MemberElement;
import io.micronaut.inject.ast.MethodElement;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.Compensate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a class with methods that are an {@link Activity} must be, so that calls of them are intercepted. */
final class ActivityRules {
    private static final String ACTIVITY = Activity.class.getName();

    private final Findings findings;
    private final MethodRules methods;

    ActivityRules(Findings findings, @Nullable String datasource) {
        this.findings = findings;
        this.methods = new MethodRules(findings, datasource);
    }

    void judge(ClassElement type) {
        for (MethodElement method : type.getEnclosedElements(ElementQuery.ALL_METHODS
                .onlyDeclared()
                .annotated(metadata ->
                        metadata.hasDeclaredAnnotation(Compensate.class) && !metadata.hasAnnotation(ACTIVITY)))) {
            findings.refuseActivity(
                    method, type, "it has @Compensate and is no activity, so nothing is taken back", "Add @Activity");
        }
        List<MethodElement> activities = type.getEnclosedElements(
                ElementQuery.ALL_METHODS.annotated(metadata -> metadata.hasAnnotation(ACTIVITY)));
        if (activities.isEmpty()) {
            return;
        }
        if (type.isInterface()) {
            judgeInterface(type, activities);
        } else {
            judgeClass(type, activities);
        }
    }

    private void judgeInterface(ClassElement type, List<MethodElement> activities) {
        boolean isIntroduced = type.hasStereotype(Introduction.class);
        for (MethodElement method : activities) {
            if (!isIntroduced && isDeclaredIn(method, type)) {
                findings.refuseActivity(
                        method,
                        type,
                        "only an interface says that it is one, and calls of the class that implements it are not intercepted",
                        "Put @Activity on the method of that class, or on an interface that Micronaut implements, such as one"
                                + " with @Client");
            } else {
                methods.judge(method, type);
            }
        }
    }

    private void judgeClass(ClassElement type, List<MethodElement> activities) {
        boolean isBean = type.isAbstract() || isBean(type);
        if (!isBean) {
            findings.refuseActivity(
                    activities.getFirst(),
                    type,
                    "its class is no bean, so Micronaut compiles no interception for it",
                    "Give the class a scope such as @Singleton; a bean that a @Factory makes is not intercepted");
        }
        for (MethodElement method : activities) {
            if (isDeclaredIn(method, type)) {
                judgeDeclared(method, type);
            } else if (!type.isAbstract() && isBoundHere(method)) {
                findings.refuseActivity(
                        method,
                        type,
                        "it is inherited from " + method.getDeclaringType().getName()
                                + " with type parameters that this class names, and Micronaut does not intercept it",
                        "Override it here with @Activity, and call super");
            }
        }
    }

    private void judgeDeclared(MethodElement method, ClassElement type) {
        if (!method.hasDeclaredAnnotation(ACTIVITY)
                && method.getOverriddenMethods().stream()
                        .noneMatch(overridden ->
                                !overridden.getDeclaringType().isInterface() && overridden.hasAnnotation(ACTIVITY))) {
            findings.refuseActivity(
                    method,
                    type,
                    "only the interface that it implements says that it is one, and calls of it are not intercepted",
                    "Put @Activity on this method");
        }
        methods.judge(method, type);
    }

    private static boolean isDeclaredIn(MethodElement method, ClassElement type) {
        return method.getDeclaringType().getName().equals(type.getName());
    }

    /** Whether the method was written with a type variable that is a type here: what is called then is a bridge. */
    private static boolean isBoundHere(MethodElement method) {
        if (isBound(method.getReturnType(), method.getGenericReturnType())) {
            return true;
        }
        for (var parameter : method.getParameters()) {
            if (isBound(parameter.getType(), parameter.getGenericType())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBound(ClassElement written, ClassElement here) {
        return !written.getName().equals(here.getName());
    }

    /** As Micronaut decides it. */
    private static boolean isBean(ClassElement type) {
        return type.hasDeclaredStereotype(Bean.class)
                || type.hasStereotype(AnnotationUtil.SCOPE)
                || type.hasStereotype(DefaultScope.class)
                || type.hasStereotype(Executable.class)
                || type.hasStereotype(AnnotationUtil.QUALIFIER)
                || type.hasStereotype(Around.class)
                || type.hasStereotype(Introduction.class)
                || type.getPrimaryConstructor()
                        .map(constructor -> constructor.hasStereotype(AnnotationUtil.INJECT))
                        .orElse(false)
                || type.getEnclosedElement(ElementQuery.of(MemberElement.class)
                                .onlyDeclared()
                                .onlyInstance()
                                .annotated(ActivityRules::isInjected))
                        .isPresent();
    }

    private static boolean isInjected(AnnotationMetadata member) {
        return member.hasStereotype(AnnotationUtil.INJECT)
                || member.hasStereotype(Value.class)
                || member.hasStereotype(Property.class);
    }
}
