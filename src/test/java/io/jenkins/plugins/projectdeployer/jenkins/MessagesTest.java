package io.jenkins.plugins.projectdeployer.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What people read of Jenkins' side stands in {@code Messages.properties}, where it can be translated. */
class MessagesTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path JENKINS = SOURCES.resolve("io/jenkins/plugins/projectdeployer/jenkins");

    /** Three words or more. */
    private static final Pattern SENTENCE = Pattern.compile("[A-Za-z']{2,}[ ,:;(]+[A-Za-z']+[ ,:;(]+[A-Za-z']{2,}");

    /** What nobody reads on a page, in a build log or in an answer, and where it goes. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "AgentAway", "to Jenkins' own log at most",
            "StepFailure", "into a line of Jenkins' own log",
            "NodeWatch", "the name of a thread",
            "PublishBundleCommand", "recorded with the bundle, the same in every language");

    @Test
    void no_sentence_stands_in_the_code() throws IOException {
        Map<String, Set<String>> sentences = new TreeMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
            for (CompilationUnitTree unit : task.parse()) {
                new Sentences(sentences).scan(unit, null);
            }
        }
        assertThat(sentences.keySet()).isEqualTo(ELSEWHERE.keySet());
    }

    /** Leaves out what goes to Jenkins' own log, says what no program should do, or stands in an annotation. */
    private static final class Sentences extends TreePathScanner<Void, Void> {

        private static final Set<String> OF_PROGRAMS = Set.of("IllegalStateException", "UncheckedIOException", "IOException");

        private final Map<String, Set<String>> found;
        private String owner;

        private Sentences(Map<String, Set<String>> found) {
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.COMPILATION_UNIT) {
                owner = type.getSimpleName().toString();
            }
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitAnnotation(AnnotationTree annotation, Void unused) {
            return null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            return call.getMethodSelect().toString().startsWith("LOGGER.") ? null : super.visitMethodInvocation(call, unused);
        }

        @Override
        public Void visitNewClass(NewClassTree made, Void unused) {
            return OF_PROGRAMS.contains(made.getIdentifier().toString()) ? null : super.visitNewClass(made, unused);
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void unused) {
            if (literal.getValue() instanceof String text && SENTENCE.matcher(text).find()) {
                found.computeIfAbsent(owner, key -> new TreeSet<>()).add(text);
            }
            return null;
        }
    }

    @Test
    void each_text_is_asked_for_with_what_it_names() throws Exception {
        List<Path> classes = sources().stream().filter(file -> file.endsWith("Messages.java")).toList();
        assertThat(classes).hasSizeGreaterThan(5);
        for (Path file : classes) {
            String name = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
            ResourceBundle texts = ResourceBundle.getBundle(name);
            List<Method> methods = Arrays.stream(Class.forName(name).getDeclaredMethods()).filter(method -> Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()).toList();
            assertThat(methods).extracting(method -> method.getName().replace('_', '.')).as(name).containsExactlyInAnyOrderElementsOf(texts.keySet());
            for (Method method : methods) {
                String key = method.getName().replace('_', '.');
                Object[] named = IntStream.range(0, method.getParameterCount())
                        .mapToObj(index -> texts.getString(key).contains("{" + index + ",choice,") ? (Object) (index + 7) : "<" + index + ">")
                        .toArray();
                method.setAccessible(true);
                String said = (String) method.invoke(null, named);
                Arrays.stream(named).forEach(each -> assertThat(said).as(key).contains(each.toString()));
                assertThat(said).as(key).doesNotContainPattern("[{]\\d");
                assertThat(texts.getString(key)).as("a single apostrophe, which would be swallowed, in " + key).doesNotContainPattern("(?<!')'(?!['{}])(?<!'[{}]')");
            }
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(JENKINS)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }
}
