package io.jenkins.plugins.projectdeployer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.BundleStorage;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DesignNode;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.GateWebhook;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookLimits;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.ProjectRule;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Stage;
import io.jenkins.plugins.projectdeployer.model.StageGate;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documentation names what there is, and nothing else. */
class ReferenceTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "io", "jenkins", "plugins", "projectdeployer");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z_-]+)`");

    @Test
    void every_phase_is_described_in_its_order() throws IOException {
        assertThat(firstColumn("## Phases")).containsExactly(
                Arrays.stream(Phase.values()).map(Phase::label).toArray(String[]::new));
    }

    @Test
    void every_status_is_described() throws IOException {
        assertThat(firstColumn("## Statuses")).containsExactly(
                Arrays.stream(UpdateStatus.values()).map(Enum::name).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"deployProject, DeployProjectStep", "publishBundle, PublishBundleStep"})
    void every_parameter_of_a_step_is_described(String step, String source) throws IOException {
        // Jenkins' types are not on the class path of the default build, so the step is read as text.
        String java = Files.readString(SOURCES.resolve("jenkins/step/" + source + ".java"));
        Set<String> parameters = new TreeSet<>();
        Pattern.compile("@DataBoundSetter\\s+public void set(\\w+)").matcher(java).results()
                .forEach(setter -> parameters.add(setter.group(1).substring(0, 1).toLowerCase(Locale.ROOT) + setter.group(1).substring(1)));
        Matcher constructor = Pattern.compile("@DataBoundConstructor\\s+public \\w+\\(([^)]*)\\)").matcher(java);
        assertThat(constructor.find()).isTrue();
        Arrays.stream(constructor.group(1).split(",\\s*")).forEach(parameter -> parameters.add(parameter.replaceFirst(".* ", "")));

        assertThat(firstColumn("### " + step)).containsExactlyInAnyOrderElementsOf(parameters);
    }

    @Test
    void every_field_of_the_report_is_described() throws IOException {
        String java = Files.readString(SOURCES.resolve("jenkins/step/DeploymentReport.java"));
        List<String> fields = Pattern.compile("@Whitelisted\\s+public \\S+(?: \\S+>)? (?:get|is)(\\w+)\\(").matcher(java).results()
                .map(getter -> getter.group(1).substring(0, 1).toLowerCase(Locale.ROOT) + getter.group(1).substring(1))
                .toList();

        assertThat(fields).isNotEmpty();
        assertThat(firstColumn("### The report of deployProject")).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void every_key_of_the_configuration_is_described() throws IOException {
        Set<String> described = names(section("## Configuration"));
        Stream.of(Configuration.class, Infrastructure.class, Stage.class, StageGate.class, Freeze.class, GateWebhook.class, NodeAddress.class, Policies.class, Hook.class,
                        HookSecret.class, HookLimits.class, CodeEnv.class, CodeEnvsBehavior.class, DesignNode.class,
                        LoginMapping.class, LoginMapping.Entry.class, BundleStorage.class, ProjectRule.class, Remap.class)
                .forEach(part -> assertThat(described).as(part.getSimpleName()).containsAll(
                        Arrays.stream(part.getRecordComponents()).map(RecordComponent::getName).toList()));
    }

    @Test
    void the_keys_of_an_infrastructure_are_those_of_the_model() throws IOException {
        String infrastructure = section("## Configuration").split("An infrastructure:")[1];
        assertThat(firstColumnOf(infrastructure)).containsExactly(
                Arrays.stream(Infrastructure.class.getRecordComponents()).map(RecordComponent::getName).toArray(String[]::new));
    }

    @Test
    void every_message_code_that_the_engine_says_is_described() throws IOException {
        Pattern code = Pattern.compile("(?:Message\\.(?:info|warning|error)|new PhaseFailed|findings\\.(?:info|warning|error))"
                + "\\(\\s*\"([A-Z_]+[A-Z])\"|\"((?:ERR|WARN|HOOK|NO_HOOK)_[A-Z_]+[A-Z])\"");
        Set<String> said = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                code.matcher(Files.readString(file)).results()
                        .forEach(found -> said.add(found.group(1) == null ? found.group(2) : found.group(1)));
            }
        }
        Stream.of(Refused.Reason.values(), NodeException.Kind.values()).flatMap(Arrays::stream).map(Enum::name).forEach(said::add);

        assertThat(firstColumn("## Message codes")).doesNotHaveDuplicates().containsAll(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/author.md", "docs/admin.md", "docs/approver.md", "docs/operator.md",
        "docs/reference.md", "docs/rest.md", "docs/decisions/README.md"})
    void every_link_leads_somewhere(String page) throws IOException {
        Path file = Path.of(page);
        Pattern.compile("]\\(([^):#]*)(?:#([^)]*))?\\)").matcher(Files.readString(file)).results().forEach(link -> {
            Path target = link.group(1).isEmpty() ? file : file.resolveSibling(link.group(1)).normalize();
            assertThat(target).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as(link.group()).contains(link.group(2));
            }
        });
    }

    @Test
    void every_decision_is_in_the_index() throws IOException {
        String index = Files.readString(Path.of("docs", "decisions", "README.md"));
        try (Stream<Path> pages = Files.list(Path.of("docs", "decisions"))) {
            assertThat(pages.map(page -> page.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
        }
    }

    private static List<String> anchors(Path page) {
        try (Stream<String> lines = Files.lines(page)) {
            return lines.filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String section(String heading) throws IOException {
        String page = Files.readString(Path.of("docs", "reference.md"));
        int start = page.indexOf("\n" + heading + "\n") + heading.length() + 1;
        int end = page.indexOf("\n## ", start);
        int deeper = heading.startsWith("### ") ? page.indexOf("\n### ", start) : -1;
        end = deeper >= 0 && deeper < end ? deeper : end;
        return page.substring(start, end < 0 ? page.length() : end);
    }

    private static List<String> firstColumn(String heading) throws IOException {
        return firstColumnOf(section(heading));
    }

    private static List<String> firstColumnOf(String text) {
        return text.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }
}
