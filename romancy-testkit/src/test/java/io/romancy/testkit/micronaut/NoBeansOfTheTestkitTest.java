package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.romancy.api.Workflow;
import io.romancy.testkit.scenario.WorkflowScenario;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An application that has the testkit on its class path runs its own workflows, and none of the testkit's. */
class NoBeansOfTheTestkitTest {
    @Test
    void noScenarioIsAWorkflowOfTheApplication() {
        try (var context = ApplicationContext.run(Map.of("romancy.enabled", false))) {
            var workflows = context.getBeanDefinitions(Object.class, Qualifiers.byStereotype(Workflow.class));

            assertThat(workflows)
                    .as("those of the tests here are found")
                    .anyMatch(bean -> bean.getBeanType().equals(Trial.class))
                    .noneMatch(bean -> bean.getBeanType().getPackage().equals(WorkflowScenario.class.getPackage()));
        }
    }
}
