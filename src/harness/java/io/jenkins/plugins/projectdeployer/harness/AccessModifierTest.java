package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kohsuke.accmod.Restricted;

/** What Jenkins and its plugins keep for themselves is left alone; the real artifacts say what that is. */
@Tag("smoke")
class AccessModifierTest {

    private static final String OURS = "io.jenkins.plugins.projectdeployer.";

    /** What is used although it may change, with the reason in docs/decisions. */
    private static final Set<String> KNOWN = Set.of("Beta: jenkins.health.HealthCheck");

    @Test
    void nothing_that_is_restricted_is_used() {
        Set<String> used = new TreeSet<>();
        Set<String> looked = new TreeSet<>();
        for (JavaClass ours : new ClassFileImporter().importPackages(OURS + "jenkins")) {
            ours.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(type -> !type.getName().startsWith(OURS))
                    .forEach(type -> {
                        looked.add(type.getName());
                        restrictions(type).forEach(each -> used.add(each + ": " + type.getName()));
                    });
            ours.getAccessesFromSelf().stream()
                    .filter(access -> !access.getTargetOwner().getName().startsWith(OURS))
                    .forEach(access -> access.getTarget().resolveMember()
                            .filter(HasAnnotations.class::isInstance)
                            .ifPresent(member -> restrictions((HasAnnotations<?>) member).forEach(each -> used.add(each + ": " + access.getTarget().getFullName()))));
        }
        assertThat(looked).contains("jenkins.model.Jenkins", "jenkins.health.HealthCheck");
        assertThat(used).isEqualTo(KNOWN);
    }

    private static Stream<String> restrictions(HasAnnotations<?> type) {
        return type.tryGetAnnotationOfType(Restricted.class.getName()).stream()
                .map(annotation -> annotation.get("value").orElseThrow())
                .flatMap(value -> Arrays.stream((Object[]) value))
                .map(restriction -> ((JavaClass) restriction).getSimpleName());
    }
}
