package io.romancy.testkit.determinism;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.objectweb.asm.tree.ClassNode;

/** A check of workflows with exceptions to it; see {@link Determinism}. */
public final class DeterminismScan {
    private final Set<String> allowed;

    DeterminismScan(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** Fails if a workflow in these packages, or below, calls something that is not deterministic; also if there is no workflow. */
    public void scan(String... packages) {
        judge(findings(packages), String.join(", ", packages));
    }

    /** The same for workflows in these classes and in those inside of them. */
    public void scan(Class<?>... classes) {
        judge(findings(classes), Arrays.stream(classes).map(Class::getName).collect(Collectors.joining(", ")));
    }

    /** What was found in these packages; fails only if there is no workflow. Classes of tests are left out. */
    public List<Finding> findings(String... packages) {
        return findings(List.of(packages), false, node -> true, String.join(", ", packages));
    }

    /** The same for workflows in these classes and in those inside of them. */
    public List<Finding> findings(Class<?>... classes) {
        List<String> packages =
                Arrays.stream(classes).map(Class::getPackageName).distinct().toList();
        Set<String> names = Arrays.stream(classes)
                .map(type -> type.getName().replace('.', '/'))
                .collect(Collectors.toSet());
        Predicate<ClassNode> entries =
                node -> names.stream().anyMatch(name -> node.name.equals(name) || node.name.startsWith(name + "$"));
        return findings(packages, true, entries, names.toString());
    }

    private List<Finding> findings(List<String> packages, boolean tests, Predicate<ClassNode> entries, String where) {
        try {
            return followed(packages, tests, entries, where);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "The scan reads byte code with org.ow2.asm:asm-tree, which is not on the class path. Add it in test scope.",
                    e);
        }
    }

    private List<Finding> followed(List<String> packages, boolean tests, Predicate<ClassNode> entries, String where) {
        ClassLoader loader = loader();
        var classes = new ClassFiles(loader);
        packages.forEach(name -> PackageFiles.find(loader, name, tests).forEach(classes::add));
        var reach = new Reach(classes, this::isAllowed);
        long workflows =
                classes.all().stream().filter(entries).filter(reach::enter).count();
        if (workflows == 0) {
            throw new AssertionError("There is no workflow in " + where + ", so nothing was checked: "
                    + classes.all().size() + " classes were found there"
                    + (tests
                            ? "."
                            : ", without those of tests, which are scanned by class: Determinism.scan(X.class)."));
        }
        return reach.findings();
    }

    private static ClassLoader loader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    private boolean isAllowed(String name) {
        return allowed.stream()
                .anyMatch(one ->
                        one.endsWith("*") ? name.startsWith(one.substring(0, one.length() - 1)) : name.equals(one));
    }

    private static void judge(List<Finding> findings, String where) {
        if (!findings.isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add(findings.size() + (findings.size() == 1 ? " call" : " calls") + " in workflows of " + where
                    + " would do otherwise on a replay:");
            findings.forEach(finding -> lines.add("    " + finding));
            lines.add("Where you know better, say so: Determinism.allowing(\""
                    + findings.getFirst().call() + "\").scan(..)");
            throw new AssertionError(String.join("\n", lines));
        }
    }
}
