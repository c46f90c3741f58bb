package io.romancy.testkit.determinism;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowContext;
import io.romancy.testkit.elsewhere.FarBase;
import java.util.UUID;

/** Workflows that run what they inherit. */
final class Inherited {
    private Inherited() {}

    abstract static class Base implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String input) {
            return input + UUID.randomUUID();
        }
    }

    static final class OfClass extends Base {
        /** None that the engine calls. */
        String run(WorkflowContext ctx, String input, int times) {
            return input.repeat(times);
        }
    }

    /** Beside it, so that it is not what the other one runs. */
    static final class Sibling extends Base {
        @Override
        public String run(WorkflowContext ctx, String input) {
            return input + System.nanoTime();
        }
    }

    interface Mixin extends Durable<String, String> {
        @Override
        default String run(WorkflowContext ctx, String input) {
            return input + Math.random();
        }
    }

    interface Specific extends Mixin {
        @Override
        default String run(WorkflowContext ctx, String input) {
            return input + System.getenv(input);
        }
    }

    static final class OfInterface implements Mixin {}

    static final class OfTwoInterfaces implements Mixin, Specific {}

    abstract static class Template<I, O> implements Durable<I, O> {
        @Override
        public final O run(WorkflowContext ctx, I input) {
            return part(input);
        }

        abstract O part(I input);
    }

    static final class OfTemplate extends Template<String, String> {
        @Override
        String part(String input) {
            return input + System.currentTimeMillis();
        }
    }

    static final class FromFar extends FarBase {}
}
