package io.romancy.testkit.determinism;

import io.romancy.testkit.determinism.Methods.Found;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Which code a workflow runs, its own or what it inherits: found as the JVM finds it for the engine. */
final class Runs {
    private static final String RUN = "run";
    private static final String DESCRIPTOR = "(L" + Methods.CONTEXT + ";Ljava/lang/Object;)Ljava/lang/Object;";

    private final ClassFiles classes;

    Runs(ClassFiles classes) {
        this.classes = classes;
    }

    /** What an object of this class runs; null if a class above it cannot be read. */
    @Nullable
    Found of(ClassNode type) {
        Found found = selected(type.name, DESCRIPTOR);
        while (found != null && (found.method().access & Opcodes.ACC_BRIDGE) != 0) {
            MethodInsnNode on = callOf(found.method());
            if (on == null) {
                return found;
            }
            found = selected(on.getOpcode() == Opcodes.INVOKESPECIAL ? on.owner : type.name, on.desc);
        }
        return found;
    }

    /** A class goes before all interfaces, and an interface before those above it. */
    private @Nullable Found selected(String type, String descriptor) {
        List<Found> all = classes.supertypes(type).stream()
                .map(above -> Methods.declared(classes.look(above), RUN, descriptor))
                .filter(Objects::nonNull)
                .filter(found -> Methods.hasCode(found.method()))
                .toList();
        return all.stream()
                .filter(found -> !isInterface(found))
                .findFirst()
                .or(() -> all.stream()
                        .filter(found -> all.stream().noneMatch(other -> isBelow(other, found)))
                        .findFirst())
                .orElse(null);
    }

    private static boolean isInterface(Found found) {
        return (found.type().access & Opcodes.ACC_INTERFACE) != 0;
    }

    private boolean isBelow(Found one, Found other) {
        return !one.type().name.equals(other.type().name) && classes.isA(one.type().name, other.type().name);
    }

    /** What the compiler put between two types of one method calls the other. */
    private static @Nullable MethodInsnNode callOf(MethodNode bridge) {
        for (AbstractInsnNode instruction : bridge.instructions) {
            if (instruction instanceof MethodInsnNode call && call.name.equals(RUN)) {
                return call;
            }
        }
        return null;
    }
}
