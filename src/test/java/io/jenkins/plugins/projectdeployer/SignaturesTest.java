package io.jenkins.plugins.projectdeployer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** {@code src/jenkins-api} holds the types that {@code jenkins/} uses, what these are declared with, and nothing else (design 9). */
class SignaturesTest {

    private static final Path PLUGIN = Path.of("src/main/java");
    private static final Path SIGNATURES = Path.of("src/jenkins-api/java");

    private final Set<Element> declared = new HashSet<>();
    private final Set<Element> used = new HashSet<>();
    private final Deque<Element> reached = new ArrayDeque<>();
    private JavacTask task;

    @Test
    void no_signature_is_unused() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of(PLUGIN, SIGNATURES));
            task = (JavacTask) compiler.getTask(
                    null, files, problems, List.of("-proc:none", "-implicit:none"), null, files.getJavaFileObjectsFromPaths(sources(PLUGIN)));
            Trees trees = Trees.instance(task);
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            task.analyze();
            assertThat(problems.getDiagnostics()).filteredOn(problem -> problem.getKind() == Diagnostic.Kind.ERROR && problem.getSource().getName().startsWith(PLUGIN.toString())).isEmpty();
            for (Path signature : sources(SIGNATURES)) {
                declare(task.getElements().getTypeElement(name(signature)));
            }
            units.forEach(unit -> scan(unit, trees));
            follow();
            assertThat(declared).isNotEmpty();
            assertThat(declared.stream()
                            .filter(element -> !used.contains(element) && !isNeededAnyway(element))
                            .map(element -> element instanceof TypeElement ? element.toString() : element.getEnclosingElement() + "." + element)
                            .sorted())
                    .as("signatures that nothing uses")
                    .isEmpty();
        }
    }

    private static String name(Path signature) {
        return SIGNATURES.relativize(signature).toString().replaceAll("\\.java$", "").replace('/', '.');
    }

    private void declare(Element element) {
        declared.add(element);
        element.getEnclosedElements().forEach(this::declare);
    }

    /** Everything that the plugin names, and what it overrides. Imports name nothing. */
    private void scan(CompilationUnitTree unit, Trees trees) {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitImport(com.sun.source.tree.ImportTree node, Void unused) {
                return null;
            }

            @Override
            public Void scan(Tree tree, Void unused) {
                if (tree != null && getCurrentPath() != null) {
                    use(trees.getElement(new com.sun.source.util.TreePath(getCurrentPath(), tree)));
                }
                return super.scan(tree, unused);
            }
        }.scan(unit, null);
    }

    private void use(Element element) {
        // An array's own members are of no type.
        if (element != null && element.asType() != null && used.add(element)) {
            reached.add(element);
        }
    }

    /** What is used leads to what it is declared with. */
    private void follow() {
        while (!reached.isEmpty()) {
            Element element = reached.remove();
            use(element.getEnclosingElement());
            if (element.getKind() != ElementKind.PACKAGE) {
                element.getAnnotationMirrors().forEach(annotation -> use(annotation.getAnnotationType()));
            }
            if (element instanceof TypeElement type) {
                use(type.getSuperclass());
                type.getInterfaces().forEach(this::use);
                type.getTypeParameters().forEach(this::bounds);
                overridden(type);
            } else if (element instanceof ExecutableElement method) {
                use(method.getReturnType());
                method.getParameters().forEach(parameter -> use(parameter.asType()));
                method.getThrownTypes().forEach(this::use);
                method.getTypeParameters().forEach(this::bounds);
                if (method.getDefaultValue() != null && method.getDefaultValue().getValue() instanceof Element constant) {
                    use(constant);
                }
            } else {
                use(element.asType());
            }
        }
    }

    private void bounds(TypeParameterElement parameter) {
        parameter.getBounds().forEach(this::use);
    }

    private void use(TypeMirror type) {
        if (type instanceof DeclaredType declaredType) {
            use(declaredType.asElement());
            declaredType.getTypeArguments().forEach(this::use);
        } else if (type instanceof ArrayType array) {
            use(array.getComponentType());
        } else if (type instanceof WildcardType wildcard) {
            use(wildcard.getExtendsBound());
            use(wildcard.getSuperBound());
        }
    }

    /** A method of the plugin's own uses the signature that it overrides; a constructor of its own, the one without parameters. */
    private void overridden(TypeElement type) {
        if (declared.contains(type)) {
            return;
        }
        List<TypeElement> supertypes = supertypes(type);
        for (TypeElement supertype : supertypes) {
            for (ExecutableElement theirs : ElementFilter.methodsIn(supertype.getEnclosedElements())) {
                if (ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                        .anyMatch(ours -> task.getElements().overrides(ours, theirs, type))) {
                    use(theirs);
                }
            }
        }
    }

    private List<TypeElement> supertypes(TypeElement type) {
        List<TypeElement> all = new ArrayList<>();
        for (TypeMirror direct : task.getTypes().directSupertypes(type.asType())) {
            TypeElement element = (TypeElement) task.getTypes().asElement(direct);
            all.add(element);
            all.addAll(supertypes(element));
        }
        return all;
    }

    /** Constructors, what a class must implement to be one, and what narrows a method of the JDK. */
    private boolean isNeededAnyway(Element element) {
        if (element.getKind() == ElementKind.CONSTRUCTOR || element.getModifiers().contains(Modifier.PRIVATE)) {
            return used.contains(element.getEnclosingElement());
        }
        if (element.getEnclosingElement().getKind() == ElementKind.ENUM && element instanceof ExecutableElement method) {
            return method.getSimpleName().contentEquals("values") || method.getSimpleName().contentEquals("valueOf");
        }
        if (!(element instanceof ExecutableElement method) || !used.contains(element.getEnclosingElement())) {
            return false;
        }
        TypeElement type = (TypeElement) method.getEnclosingElement();
        return supertypes(type).stream()
                .flatMap(supertype -> ElementFilter.methodsIn(supertype.getEnclosedElements()).stream())
                .filter(theirs -> task.getElements().overrides(method, theirs, type))
                .anyMatch(theirs -> !declared.contains(theirs) || theirs.getModifiers().contains(Modifier.ABSTRACT));
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java")).toList();
        }
    }
}
