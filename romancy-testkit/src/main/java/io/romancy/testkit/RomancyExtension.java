package io.romancy.testkit;

import io.romancy.api.RomancyBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Runs a class with {@link RomancyTest} once for each storage, and gives each test its engines. */
final class RomancyExtension implements ClassTemplateInvocationContextProvider, BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RomancyExtension.class);

    /** For JUnit. */
    RomancyExtension() {}

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        RomancyTest settings =
                AnnotationSupport.findAnnotation(test, RomancyTest.class).orElseThrow();
        return Arrays.stream(settings.storage())
                .map(storage -> ApplicationRun.isOf(test)
                        ? new InApplication(storage, keep(test, context))
                        : new OnStorage(storage, settings));
    }

    /** JUnit closes it with the class, also if its application never starts. */
    private static ApplicationRun keep(Class<?> test, ExtensionContext context) {
        ApplicationRun run = ApplicationRun.of(test);
        context.getStore(NAMESPACE).put(ApplicationRun.class, run);
        return run;
    }

    /** Closed by JUnit after the application, whose extension may come first or last. */
    @Override
    public void beforeAll(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        if (ApplicationRun.isOf(test)) {
            context.getStore(NAMESPACE).put(ApplicationRun.class, ApplicationRun.of(test));
        }
    }

    /** Under {@code @MicronautTest} the application, which starts once for the class, opens the engine; a bean hands it over. */
    private record InApplication(String storage, ApplicationRun run) implements ClassTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return "on " + storage;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of((AfterEachCallback) context -> run.restore());
        }
    }

    private record OnStorage(String storage, RomancyTest settings) implements ClassTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return "on " + storage;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Opener(storage, settings));
        }
    }

    /** Opens at the first parameter that asks; JUnit closes what lies in the store of a test. */
    private record Opener(String storage, RomancyTest settings) implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Opener.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestRomancy.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(NAMESPACE)
                    .getOrComputeIfAbsent(TestRomancy.class, type -> open(context), TestRomancy.class);
        }

        private TestRomancy open(ExtensionContext context) {
            return TestRomancy.builder()
                    .storage(storage)
                    .workers(settings.workers())
                    .replayAlways(settings.replayAlways())
                    .engine(builder -> setUp(context, builder))
                    .open();
        }

        private static void setUp(ExtensionContext context, RomancyBuilder builder) {
            for (Object test : context.getRequiredTestInstances().getAllInstances()) {
                AnnotationSupport.findAnnotatedMethods(
                                test.getClass(), EngineSetup.class, HierarchyTraversalMode.TOP_DOWN)
                        .forEach(method -> ReflectionSupport.invokeMethod(method, test, builder));
            }
        }
    }
}
