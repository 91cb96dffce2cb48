package io.jenkins.plugins.projectdeployer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Stage;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which, and what Jenkins may write to disk (design 3). */
class ArchitectureTest {

    private static final String ROOT = "io.jenkins.plugins.projectdeployer";

    /** Lowest first; packages of one rank do not know each other. */
    private static final List<Set<String>> RANKS = List.of(
            Set.of("model"), Set.of("access", "node", "store"), Set.of("gate", "hook"), Set.of("deployment"), Set.of("takeover"), Set.of("web"), Set.of("jenkins"));

    private static final String[] JENKINS = {"hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees..", "jakarta.mail.."};

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    @Test
    void imports_run_one_way() {
        for (int rank = 0; rank < RANKS.size(); rank++) {
            for (String name : RANKS.get(rank)) {
                String[] unknown = Stream.concat(RANKS.get(rank).stream().filter(other -> !other.equals(name)),
                                RANKS.stream().skip(rank + 1L).flatMap(Set::stream))
                        .map(other -> ROOT + "." + other + "..")
                        .toArray(String[]::new);
                if (unknown.length > 0) {
                    noClasses().that().resideInAPackage(ROOT + "." + name + "..")
                            .should().dependOnClassesThat().resideInAnyPackage(unknown)
                            .allowEmptyShould(true)
                            .check(CLASSES);
                }
            }
        }
    }

    @Test
    void every_package_has_its_rank() {
        assertThat(CLASSES).extracting(JavaClass::getPackageName)
                .filteredOn(name -> name.startsWith(ROOT + "."))
                .extracting(name -> name.substring(ROOT.length() + 1).split("\\.")[0])
                .isSubsetOf(RANKS.stream().flatMap(Set::stream).toList());
    }

    @Test
    void below_the_front_door_nobody_knows_the_front_door() {
        noClasses().that().resideInAnyPackage(ROOT + ".model..", ROOT + ".access..", ROOT + ".node..", ROOT + ".store..", ROOT + ".gate..",
                        ROOT + ".hook..", ROOT + ".deployment..", ROOT + ".takeover..")
                .should().dependOnClassesThat().resideInAPackage(ROOT)
                .check(CLASSES);
    }

    @Test
    void only_jenkins_knows_jenkins() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".jenkins..")
                .should().dependOnClassesThat().resideInAnyPackage(JENKINS)
                .check(CLASSES);
    }

    @Test
    void what_xstream_writes_holds_no_records() {
        assertThat(CLASSES).as("classes that XStream writes").anyMatch(ArchitectureTest::isWritten);
        classes().that().resideInAPackage(ROOT + ".jenkins..").should(holdNoRecordWhereXStreamWrites()).check(CLASSES);
    }

    @Test
    void a_record_hidden_in_a_list_is_found() {
        JavaClasses example = new ClassFileImporter().importClasses(WithARecord.class, WithARecordInAList.class, WithATransientRecord.class,
                Configuration.class, Stage.class);

        assertThat(recordFields(example.get(WithARecord.class))).hasSize(1);
        assertThat(recordFields(example.get(WithARecordInAList.class))).hasSize(1);
        assertThat(recordFields(example.get(WithATransientRecord.class))).isEmpty();
    }

    /** Jenkins writes what it instantiates or extends: whatever has one of its types above it, and what those hold. */
    private static ArchCondition<JavaClass> holdNoRecordWhereXStreamWrites() {
        return new ArchCondition<>("hold no record where XStream writes") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (isWritten(type)) {
                    recordFields(type).forEach(field -> events.add(SimpleConditionEvent.violated(field, field.getDescription()
                            + ": XStream would write this record and could not read it back; make the field transient, or hold an id")));
                }
            }
        };
    }

    private static boolean isWritten(JavaClass type) {
        return !type.isRecord() && Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .map(JavaClass::getPackageName)
                .anyMatch(name -> name.matches("(hudson|jenkins|org\\.jenkinsci|org\\.kohsuke|com\\.cloudbees)(\\..*)?"));
    }

    private static List<JavaField> recordFields(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC) && !field.getModifiers().contains(JavaModifier.TRANSIENT))
                .filter(field -> field.getAllInvolvedRawTypes().stream().map(JavaClass::getBaseComponentType).anyMatch(JavaClass::isRecord))
                .toList();
    }

    static class WithARecord {
        Stage stage;
    }

    static class WithARecordInAList {
        List<Set<Stage[]>> stages;
    }

    static class WithATransientRecord {
        transient Configuration configuration;
        static Stage stage;
    }
}
