package io.romancy.testkit.determinism;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Follows the calls of workflows through a scope, and notes those that break a rule. */
final class Reach {
    private static final Set<String> BODIES_OF_STEPS =
            Set.of("io/romancy/api/StepBody", "io/romancy/api/Action", "io/romancy/api/Undo");
    private static final String CALLABLE = "java/util/concurrent/Callable";

    private final Methods methods;
    private final Predicate<String> allowed;
    private final Deque<Place> ahead = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final List<Runnable> callables = new ArrayList<>();
    private boolean callsCallables;

    Reach(ClassFiles classes, Predicate<String> allowed) {
        this.methods = new Methods(classes);
        this.allowed = allowed;
    }

    /** Begins at the workflows of a class: itself, and lambdas anywhere in it; returns whether there are any. */
    boolean enter(ClassNode type) {
        List<Methods.Found> entries = methods.workflowsOf(type);
        for (Methods.Found entry : entries) {
            if (methods.isInScope(entry)) {
                follow(entry, null);
            } else {
                outside(type, entry);
            }
        }
        return !entries.isEmpty();
    }

    /** What is inherited from where no calls are followed was not checked, and that must not look as if it was. */
    private void outside(ClassNode type, Methods.Found run) {
        find(
                new Place(new Methods.Found(type, run.method()), null),
                firstLine(type.methods.getFirst()),
                run.type().name.replace('/', '.') + "." + run.method().name,
                "it is inherited from outside of what is scanned, so that nobody knows what it does",
                "Scan its package, too");
    }

    List<Finding> findings() {
        while (!ahead.isEmpty() || (callsCallables && !callables.isEmpty())) {
            if (ahead.isEmpty()) {
                List<Runnable> later = List.copyOf(callables);
                callables.clear();
                later.forEach(Runnable::run);
            } else {
                walk(ahead.poll());
            }
        }
        return findings.stream()
                .sorted(Comparator.comparing(Finding::type)
                        .thenComparingInt(Finding::line)
                        .thenComparing(Finding::call))
                .toList();
    }

    private void follow(Methods.Found found, @Nullable Place from) {
        var place = new Place(found, from);
        if (!allowed.test(place.name()) && seen.add(found.key())) {
            ahead.add(place);
        }
    }

    private void walk(Place place) {
        MethodNode method = place.found().method();
        int line = 0;
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            lock(place, firstLine(method), "synchronized " + place.name());
        }
        for (AbstractInsnNode instruction : place.found().code()) {
            switch (instruction) {
                case LineNumberNode number -> line = number.line;
                case MethodInsnNode call
                when methods.asksClock(call) && !isOfField(call) ->
                    methods.targets(call.owner, call.name, call.desc, false).forEach(target -> follow(target, place));
                case MethodInsnNode call ->
                    call(place, line, call.owner, call.name, call.desc, call.getOpcode() == Opcodes.INVOKESPECIAL);
                case InvokeDynamicInsnNode dynamic -> lambda(place, line, dynamic);
                case FieldInsnNode access when access.getOpcode() == Opcodes.GETSTATIC -> read(place, access);
                default -> {
                    if (instruction.getOpcode() == Opcodes.MONITORENTER) {
                        lock(place, line, "synchronized");
                    }
                }
            }
        }
    }

    /** What a process put there once, another one that replays the workflow put there anew. */
    private void read(Place place, FieldInsnNode access) {
        Methods.Found initialiser = methods.initialiser(access.owner, access.name);
        if (initialiser != null && !isHandedToStep(access)) {
            follow(initialiser, place);
        }
    }

    /** As in {@code ctx.step("draw", RANDOM::nextInt)}: the reference is made by the workflow, and the step makes the call. */
    private static boolean isHandedToStep(FieldInsnNode access) {
        AbstractInsnNode next = access.getNext();
        while (next != null && (next.getOpcode() < 0 || isCheckForNull(next))) {
            next = next.getNext();
        }
        return next instanceof InvokeDynamicInsnNode dynamic
                && (BODIES_OF_STEPS.contains(Methods.typeOf(dynamic)) || isBodyOfStep(dynamic));
    }

    /** Whether the clock was handed in with the object; one that the workflow made, such as a fixed one, was judged where it made it. */
    private static boolean isOfField(MethodInsnNode asksClock) {
        AbstractInsnNode clock = asksClock.getPrevious();
        while (clock != null && clock.getOpcode() < 0) {
            clock = clock.getPrevious();
        }
        return clock != null && clock.getOpcode() == Opcodes.GETFIELD;
    }

    private static boolean isCheckForNull(AbstractInsnNode instruction) {
        return instruction.getOpcode() == Opcodes.DUP
                || instruction.getOpcode() == Opcodes.POP
                || (instruction instanceof MethodInsnNode call && call.name.equals("requireNonNull"));
    }

    private static int firstLine(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }

    private void call(Place place, int line, String owner, String name, String descriptor, boolean exactly) {
        if (methods.isActivity(owner, name, descriptor)) {
            return;
        }
        Rule broken = methods.broken(owner, name, descriptor);
        if (broken != null) {
            find(place, line, owner.replace('/', '.') + "." + name, broken.reason().why, broken.reason().remedy);
            return;
        }
        callsCallables |= owner.equals(CALLABLE);
        methods.targets(owner, name, descriptor, exactly).forEach(target -> follow(target, place));
    }

    /** A lambda or a reference to a method counts as a call where it is made, unless it is the body of a step. */
    private void lambda(Place place, int line, InvokeDynamicInsnNode dynamic) {
        Handle body = Methods.bodyOf(dynamic);
        String type = Methods.typeOf(dynamic);
        if (body == null || BODIES_OF_STEPS.contains(type) || methods.isWorkflow(type)) {
            return;
        }
        Runnable called = () -> call(place, line, body.getOwner(), body.getName(), body.getDesc(), false);
        if (!type.equals(CALLABLE)) {
            called.run();
        } else if (!isBodyOfStep(dynamic)) {
            callables.add(called); // a helper's step, most likely; it is a call only if the workflow makes it itself
        }
    }

    /** The last argument of a call stands right before it. */
    private static boolean isBodyOfStep(InvokeDynamicInsnNode dynamic) {
        AbstractInsnNode next = dynamic.getNext();
        while (next != null && next.getOpcode() < 0) {
            next = next.getNext();
        }
        return next instanceof MethodInsnNode call && call.owner.equals(Methods.CONTEXT) && call.name.equals("step");
    }

    private void lock(Place place, int line, String call) {
        find(
                place,
                line,
                call,
                "a lock that is held while the workflow waits may be lost, and no other workflow needs it",
                "Leave it out: between waits the code of one instance never runs in parallel");
    }

    private void find(Place place, int line, String call, String why, String remedy) {
        if (!allowed.test(call)) {
            ClassNode type = place.found().type();
            findings.add(new Finding(
                    type.name.replace('/', '.'),
                    place.methodName(),
                    type.sourceFile == null ? "Unknown Source" : type.sourceFile,
                    line,
                    call,
                    why,
                    remedy,
                    place.path()));
        }
    }

    /** A method on the way, and from where. */
    private record Place(Methods.Found found, @Nullable Place from) {
        String name() {
            return found.type().name.replace('/', '.') + "." + methodName();
        }

        /** The method around a lambda. */
        String methodName() {
            String name = found.method().name;
            return name.startsWith("lambda$") ? name.substring(7, Math.max(7, name.lastIndexOf('$'))) : name;
        }

        List<String> path() {
            List<String> path = from == null ? new ArrayList<>() : new ArrayList<>(from.path());
            String type = found.type().name;
            String step = type.substring(type.lastIndexOf('/') + 1).replace('$', '.') + "." + methodName();
            if (path.isEmpty() || !path.getLast().equals(step)) {
                path.add(step);
            }
            return path;
        }
    }
}
