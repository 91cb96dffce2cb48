package io.jenkins.plugins.projectdeployer.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.base.DescribedPredicate;
import org.junit.jupiter.api.Test;

class EmbeddedIndependenceTest {
    private static final String PLUGIN = "io.jenkins.plugins.projectdeployer.";

    @Test
    void the_embedded_node_uses_nothing_of_the_plugin() {
        JavaClasses embedded = new ClassFileImporter().importPackages(PLUGIN + "embedded");
        classes()
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are not the plugin's",
                        (JavaClass type) -> !type.getPackageName().startsWith(PLUGIN.substring(0, PLUGIN.length() - 1))
                                || type.getPackageName().equals(PLUGIN + "embedded")))
                .check(embedded);
    }
}
