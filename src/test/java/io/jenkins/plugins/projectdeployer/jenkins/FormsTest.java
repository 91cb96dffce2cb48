package io.jenkins.plugins.projectdeployer.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every field that somebody fills in has help; what is typed is checked as it is typed, and where there is a choice, it is a drop-down. */
class FormsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final String JENKINS = "io.jenkins.plugins.projectdeployer.jenkins.";

    /** Where nothing can be said about what is typed before it is used, and why. */
    private static final Map<String, String> UNCHECKED = Map.of(
            "StageConfig.description", "any text will do",
            "DeployProjectStep.releaseNotes", "any text will do",
            "PublishBundleStep.releaseNotes", "any text will do",
            "DeployProjectStep.bundle", "ids of bundles are Dataiku's: any text may be one",
            "PublishBundleStep.bundle", "ids of bundles are Dataiku's: any text may be one",
            "DeployProjectStep.testScenarios", "ids of scenarios are in the bundle, which the plan reads",
            "DeployProjectStep.projectFolder", "folders are the node's, which the plan asks",
            "PoliciesConfig", "logins are the node's, which the plan asks",
            "FreezeConfig.projects", "any text is a pattern");

    /** What is named here is new: an id that is listed is taken. */
    private static final String NEW = "PublishBundleStep.bundle";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(JENKINS.substring(0, JENKINS.length() - 1));

    /**
     * A field of a form.
     *
     * @param owner the class that the form is of
     * @param control the tag that shows it
     */
    private record Field(JavaClass owner, String name, String control) {

        @Override
        public String toString() {
            return owner.getSimpleName() + "." + name;
        }

        private boolean hasHelp() {
            return Stream.concat(Stream.of(owner), owner.getAllRawSuperclasses().stream())
                    .map(type -> RESOURCES.resolve(type.getName().replace('.', '/')).resolve("help-" + name + ".html"))
                    .anyMatch(Files::exists);
        }

        /** Whether the form asks a web method of this name for this field. */
        private boolean asks(String prefix, String suffix) {
            String method = "do" + prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1) + suffix;
            return CLASSES.contain(owner.getName() + "$DescriptorImpl")
                    && CLASSES.get(owner.getName() + "$DescriptorImpl").getAllMethods().stream().map(JavaMethod::getName).anyMatch(method::equals);
        }
    }

    @Test
    void every_field_has_help() throws Exception {
        assertThat(fields().stream().filter(field -> !field.hasHelp())).isEmpty();
    }

    @Test
    void what_is_typed_is_checked_as_it_is_typed() throws Exception {
        Set<String> typed = Set.of("textbox", "textarea", "expandableTextbox", "combobox");
        List<Field> unchecked = fields().stream()
                .filter(field -> typed.contains(field.control()) && !field.asks("Check", ""))
                .toList();
        assertThat(unchecked).allSatisfy(field -> assertThat(UNCHECKED).containsAnyOf(
                Map.entry(field.toString(), UNCHECKED.getOrDefault(field.toString(), "")),
                Map.entry(field.owner().getSimpleName(), UNCHECKED.getOrDefault(field.owner().getSimpleName(), ""))));
        assertThat(UNCHECKED.keySet()).as("what is excused and needs it")
                .isEqualTo(unchecked.stream()
                        .map(field -> UNCHECKED.containsKey(field.toString()) ? field.toString() : field.owner().getSimpleName())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** In a Jenkins that runs, Stapler does not find a plugin's class by its name; in the test harness it does. */
    @Test
    void no_view_is_looked_for_by_the_name_of_a_class() throws Exception {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".jelly")).filter(file -> read(file).contains(" class=\"io."))).isEmpty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void every_drop_down_has_its_choices() throws Exception {
        assertThat(fields().stream()
                .filter(field -> Set.of("select", "combobox").contains(field.control()) && !field.asks("Fill", "Items"))).isEmpty();
    }

    /** A list, or a part with a form of its own, has no help mark: what it is for stands below its title. */
    @Test
    void every_section_without_fields_of_its_own_says_what_it_is_for() throws Exception {
        for (Path form : files("[a-z]+[.]jelly")) {
            elements(form, "section").filter(section -> elements(section, "entry").findAny().isEmpty())
                    .forEach(section -> assertThat(section.getAttribute("description")).as(form + " " + section.getAttribute("title")).isNotEmpty());
        }
    }

    /** Jenkins compares a number with its bounds as it is typed, where a form has them. */
    @Test
    void every_number_has_a_bound() throws Exception {
        List<Element> numbers = new ArrayList<>();
        for (Path form : files("[a-z]+[.]jelly")) {
            elements(form, "number").forEach(numbers::add);
        }
        assertThat(numbers).isNotEmpty().allSatisfy(number -> assertThat(number.getAttribute("min")).isNotEmpty());
    }

    private static Stream<Element> elements(Path form, String tag) throws Exception {
        return elements(DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(form.toFile()).getDocumentElement(), tag);
    }

    private static Stream<Element> elements(Element in, String tag) {
        NodeList found = in.getElementsByTagNameNS("/lib/form", tag);
        return IntStream.range(0, found.getLength()).mapToObj(index -> (Element) found.item(index));
    }

    /** What is listed somewhere is offered where its name is wanted, also where another may be typed. */
    @Test
    void what_there_is_to_choose_from_is_offered() throws Exception {
        Set<String> listed = Set.of("project", "infrastructure", "bundle", "designNode", "stage", "codeEnv", "credentialsId", "promoteFrom", "zone");
        List<Field> offered = fields().stream().filter(field -> listed.contains(field.name())).toList();
        assertThat(offered).extracting(Field::name).containsAll(listed);
        assertThat(offered.stream().filter(field -> !Set.of("select", "combobox", /* only shown */ "").contains(field.control())))
                .extracting(Field::toString).containsExactly(NEW);
    }

    /** The fields of all forms; a form that several classes share is each one's own. */
    private static List<Field> fields() throws Exception {
        List<Field> fields = new ArrayList<>();
        for (Path form : files("[a-z]+[.]jelly")) {
            NodeList entries = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(form.toFile())
                    .getElementsByTagNameNS("/lib/form", "entry");
            for (JavaClass type : concrete(owner(form))) {
                for (int index = 0; index < entries.getLength(); index++) {
                    Element entry = (Element) entries.item(index);
                    if (entry.hasAttribute("field")) {
                        fields.add(new Field(type, entry.getAttribute("field"), control(entry)));
                    }
                }
            }
        }
        assertThat(fields).hasSizeGreaterThan(100);
        return fields;
    }

    private static List<JavaClass> concrete(JavaClass owner) {
        return CLASSES.stream()
                .filter(type -> type.isAssignableTo(owner.getName()))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .toList();
    }

    private static String control(Element entry) {
        NodeList inside = entry.getElementsByTagNameNS("/lib/form", "*");
        return inside.getLength() == 0 ? "" : inside.item(0).getLocalName();
    }

    /** The class whose view or help this is; what the administrators' pages show belongs to somebody else. */
    private static JavaClass owner(Path file) {
        String name = RESOURCES.relativize(file.getParent()).toString().replace('/', '.');
        if (name.equals(JENKINS + "config.ProjectDeployerLink")) {
            boolean creates = file.endsWith("new.jelly");
            return CLASSES.get(JENKINS + (creates ? "config.InfrastructureConfig" : "config.ProjectDeployerConfiguration"));
        }
        return CLASSES.get(name);
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES.resolve(JENKINS.replace('.', '/')))) {
            return all.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
        }
    }
}
