package io.romancy.testkit.determinism;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Finds in the initialiser of a class what concerns one static field, so that fields which only steps use are left alone. */
final class StaticField {
    private StaticField() {}

    /** The statements that write the field or do something with it; all of them where branches or variables tie them together. */
    static List<AbstractInsnNode> code(String owner, MethodNode initialiser, String field) {
        List<AbstractInsnNode> all = Arrays.asList(initialiser.instructions.toArray());
        if (all.stream().anyMatch(StaticField::ties)) {
            return all;
        }
        List<AbstractInsnNode> code = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < all.size(); i++) {
            boolean ends = all.get(i).getOpcode() == Opcodes.PUTSTATIC || i == all.size() - 1;
            if (ends) {
                List<AbstractInsnNode> statement = all.subList(begin, i + 1);
                if (statement.stream().anyMatch(one -> isOf(one, owner, field))) {
                    code.addAll(statement);
                }
                begin = i + 1;
            }
        }
        return code;
    }

    private static boolean ties(AbstractInsnNode instruction) {
        return instruction instanceof JumpInsnNode || instruction instanceof VarInsnNode;
    }

    private static boolean isOf(AbstractInsnNode instruction, String owner, String field) {
        return instruction instanceof FieldInsnNode access && access.owner.equals(owner) && access.name.equals(field);
    }
}
