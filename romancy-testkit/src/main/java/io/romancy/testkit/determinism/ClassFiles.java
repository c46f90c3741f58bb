package io.romancy.testkit.determinism;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The classes that a scan follows, by internal name, and the types above any class; none of them is loaded. */
final class ClassFiles {
    private final ClassLoader loader;
    private final SortedMap<String, ClassNode> inScope = new TreeMap<>();
    private final Map<String, List<String>> supertypes = new HashMap<>();

    ClassFiles(ClassLoader loader) {
        this.loader = loader;
    }

    /** Takes a class into the scope. What Micronaut generated beside a class says nothing that the class does not say. */
    void add(String internalName) {
        String simple = internalName.substring(internalName.lastIndexOf('/') + 1);
        if (!simple.startsWith("$") && !simple.endsWith("-info")) {
            ClassNode node = read(internalName, ClassReader.SKIP_FRAMES);
            if (node != null) {
                inScope.put(internalName, node);
            }
        }
    }

    Collection<ClassNode> all() {
        return inScope.values();
    }

    /** A class of the scope; null for every other. */
    @Nullable
    ClassNode find(String internalName) {
        return inScope.get(internalName);
    }

    /** A class of the scope or any other that can be read. */
    @Nullable
    ClassNode look(String internalName) {
        ClassNode known = find(internalName);
        return known == null ? read(internalName, ClassReader.SKIP_FRAMES) : known;
    }

    /** The class itself, then its classes and interfaces above, as far as they can be read. */
    List<String> supertypes(String internalName) {
        List<String> known = supertypes.get(internalName);
        if (known == null) {
            Set<String> all = new LinkedHashSet<>();
            collect(internalName, all);
            known = new ArrayList<>(all);
            supertypes.put(internalName, known);
        }
        return known;
    }

    private void collect(String internalName, Set<String> all) {
        if (all.add(internalName)) {
            ClassNode known = inScope.get(internalName);
            ClassNode node = known == null ? read(internalName, ClassReader.SKIP_CODE) : known;
            if (node != null) {
                if (node.superName != null) {
                    collect(node.superName, all);
                }
                node.interfaces.forEach(above -> collect(above, all));
            }
        }
    }

    boolean isA(String internalName, String above) {
        return supertypes(internalName).contains(above);
    }

    private @Nullable ClassNode read(String internalName, int options) {
        try (InputStream in = loader.getResourceAsStream(internalName + ".class")) {
            if (in == null) {
                return null;
            }
            var node = new ClassNode();
            new ClassReader(in).accept(node, options);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException("the class file of " + internalName + " cannot be read", e);
        }
    }
}
