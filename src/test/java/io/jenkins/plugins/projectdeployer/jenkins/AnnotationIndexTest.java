package io.jenkins.plugins.projectdeployer.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jenkins finds these annotations by an index that its own build writes and ours keeps by hand. A class missing there
 * would be passed over without a word.
 */
class AnnotationIndexTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.projectdeployer");

    @ParameterizedTest
    @ValueSource(strings = {"org.jenkinsci.Symbol", "hudson.init.Initializer", "hudson.init.Terminator"})
    void every_annotated_class_is_in_the_index_and_no_other(String annotation) throws IOException {
        List<String> annotated = CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(annotation)
                        || type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(annotation)))
                .map(JavaClass::getName)
                .sorted()
                .toList();
        assertThat(annotated).isNotEmpty();
        assertThat(index(annotation)).containsExactlyElementsOf(annotated);
    }

    private static List<String> index(String annotation) throws IOException {
        try (InputStream index = AnnotationIndexTest.class.getResourceAsStream("/META-INF/services/annotations/" + annotation)) {
            assertThat(index).as("index of " + annotation).isNotNull();
            return new String(index.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
