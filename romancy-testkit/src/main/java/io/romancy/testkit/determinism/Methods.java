package io.romancy.testkit.determinism;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What a call may lead to. */
final class Methods {
    static final String WORKFLOW = "io/romancy/api/Durable";
    static final String CONTEXT = "io/romancy/api/WorkflowContext";
    private static final String CLOCK = "java/time/InstantSource";
    private static final String ACTIVITY = "Lio/romancy/api/activity/Activity;";
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";
    private static final String CREATION = "<init>";
    private static final String INITIALISER = "<clinit>";

    private final ClassFiles classes;
    private final Runs runs;

    Methods(ClassFiles classes) {
        this.classes = classes;
        this.runs = new Runs(classes);
    }

    /** Code of the scope: a method, or of the initialiser of a class that part which gives one static field its value. */
    record Found(
            ClassNode type, MethodNode method, @Nullable String field) {
        Found(ClassNode type, MethodNode method) {
            this(type, method, null);
        }

        String key() {
            return type.name + "." + method.name + method.desc + (field == null ? "" : field);
        }

        Iterable<AbstractInsnNode> code() {
            return field == null ? method.instructions : StaticField.code(type.name, method, field);
        }
    }

    /**
     * Where the workflows of a class begin: its code with its creation, what it inherits as such, from outside of the scope too, and each
     * lambda that is made a workflow in it.
     */
    List<Found> workflowsOf(ClassNode type) {
        List<Found> entries = new ArrayList<>();
        boolean isWorkflow = (type.access & Opcodes.ACC_INTERFACE) == 0 && classes.isA(type.name, WORKFLOW);
        if (isWorkflow && (type.access & Opcodes.ACC_ABSTRACT) == 0) {
            Found run = runs.of(type);
            if (run != null) {
                entries.add(run);
            }
        }
        for (MethodNode method : type.methods) {
            boolean runs = method.name.equals("run") && method.desc.startsWith("(L" + CONTEXT + ";");
            if (isWorkflow && hasCode(method) && (runs || method.name.equals(CREATION))) {
                entries.add(new Found(type, method));
            }
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof InvokeDynamicInsnNode dynamic && isWorkflow(typeOf(dynamic))) {
                    Handle body = bodyOf(dynamic);
                    if (body != null) {
                        entries.addAll(targets(body.getOwner(), body.getName(), body.getDesc(), false));
                    }
                }
            }
        }
        return entries;
    }

    /** Whether its calls can be followed. */
    boolean isInScope(Found found) {
        return classes.find(found.type().name) != null;
    }

    /** The method that a lambda stands for; null if the instruction makes something else. */
    static @Nullable Handle bodyOf(InvokeDynamicInsnNode dynamic) {
        return dynamic.bsm.getOwner().equals(LAMBDAS) && dynamic.bsmArgs[1] instanceof Handle body ? body : null;
    }

    /** The type of what the instruction makes. */
    static String typeOf(InvokeDynamicInsnNode dynamic) {
        Type made = Type.getReturnType(dynamic.desc);
        return made.getSort() == Type.OBJECT ? made.getInternalName() : "";
    }

    /** Methods of the scope that the call may reach: the one that it names, and those that replace it further down. */
    List<Found> targets(String owner, String name, String descriptor, boolean exactly) {
        List<Found> targets = new ArrayList<>();
        for (String above : classes.supertypes(owner)) {
            Found found = declared(classes.find(above), name, descriptor);
            if (found != null && hasCode(found.method())) {
                targets.add(found);
                break;
            }
        }
        if (!exactly && !name.equals(CREATION)) {
            for (ClassNode type : classes.all()) {
                Found found = type.name.equals(owner) ? null : declared(type, name, descriptor);
                if (found != null && hasCode(found.method()) && classes.isA(type.name, owner)) {
                    targets.add(found);
                }
            }
        }
        return targets.stream().filter(found -> !isActivity(found.method())).toList();
    }

    /** Whether a lambda of this type is a workflow. */
    boolean isWorkflow(String type) {
        return classes.isA(type, WORKFLOW);
    }

    /** What gave a static field its value, once for the process; null for fields outside of the scope, and for those without. */
    @Nullable
    Found initialiser(String owner, String field) {
        for (String above : classes.supertypes(owner)) {
            ClassNode type = classes.find(above);
            if (type != null && type.fields.stream().anyMatch(one -> one.name.equals(field))) {
                Found found = declared(type, INITIALISER, "()V");
                return found == null ? null : new Found(type, found.method(), field);
            }
        }
        return null;
    }

    /** Whether the answer is that of a clock, and as good as that one is. */
    boolean asksClock(MethodInsnNode call) {
        boolean ofClock = (call.name.equals("instant") || call.name.equals("millis")) && classes.isA(call.owner, CLOCK);
        return ofClock
                || (call.name.equals("now")
                        && call.owner.startsWith("java/time/")
                        && call.desc.startsWith("(Ljava/time/Clock;)"));
    }

    /** Whether the called method, where it is declared or above, is an activity; then its body is that of a step. */
    boolean isActivity(String owner, String name, String descriptor) {
        for (String above : classes.supertypes(owner)) {
            Found found = declared(classes.find(above), name, descriptor);
            if (found != null && isActivity(found.method())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isActivity(MethodNode method) {
        return method.visibleAnnotations != null
                && method.visibleAnnotations.stream().anyMatch(annotation -> annotation.desc.equals(ACTIVITY));
    }

    /** The rule that a call breaks by what it is called on, or by a type above that; a creation only by itself. */
    @Nullable
    Rule broken(String owner, String name, String descriptor) {
        Rule broken = Rule.of(owner, name, descriptor);
        if (broken != null || name.equals(CREATION)) {
            return broken;
        }
        for (String above : classes.supertypes(owner)) {
            broken = Rule.of(above, name, descriptor);
            ClassNode type = classes.find(above);
            if (broken == null && type != null && isIntroduced(type)) {
                broken = introduced(type, name, descriptor);
            }
            if (broken != null) {
                return broken;
            }
        }
        return null;
    }

    private static boolean isIntroduced(ClassNode type) {
        return (type.access & (Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT)) != 0;
    }

    /** The rule of an annotation that lets a framework write the class, such as a client or a repository. */
    private @Nullable Rule introduced(ClassNode type, String name, String descriptor) {
        if (type.visibleAnnotations == null) {
            return null;
        }
        for (AnnotationNode annotation : type.visibleAnnotations) {
            Rule rule = Rule.of(Type.getType(annotation.desc).getInternalName(), name, descriptor);
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }

    static @Nullable Found declared(@Nullable ClassNode type, String name, String descriptor) {
        if (type != null) {
            for (MethodNode method : type.methods) {
                if (method.name.equals(name) && method.desc.equals(descriptor)) {
                    return new Found(type, method);
                }
            }
        }
        return null;
    }

    static boolean hasCode(MethodNode method) {
        return (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    }
}
