package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import io.jenkins.plugins.projectdeployer.jenkins.health.NodeProblem;
import io.jenkins.plugins.projectdeployer.jenkins.health.NodeWatch;
import io.jenkins.plugins.projectdeployer.jenkins.health.UnreachableNodes;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

@WithOneJenkins
class NodeChecksTest {

    private static final String TEST =
            "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.config.NodeConfig/testAutomation?trustAll=false&certificates=&newKey=";

    @Test
    void a_node_is_asked_what_it_is_and_what_is_missing(JenkinsRule jenkins) throws Exception {
        Scene.people(jenkins);
        try (EmbeddedNode node = Scene.node()) {
            Scene.configure(node.url());
            Scene.credential("wrong-key", CredentialsScope.SYSTEM, "no-key-of-this-node");
            Scene.credential("weak-key", CredentialsScope.SYSTEM, "key-of-somebody");
            node.state().key("key-of-somebody", "somebody", false);

            String at = "&url=" + node.url();
            assertThat(asked(jenkins, "admin", TEST + at + "&credentialsId=dev-key"))
                    .contains(">dev-node: AUTOMATION, DSS ", "administrator rights");
            node.faults().on("GET", "/instance-info").once(new Fault.Answer(200, "application/json",
                    "{\"nodeId\": \"n-7\", \"nodeName\": \"Churn dev\", \"nodeType\": \"AUTOMATION\", \"dssVersion\": \"13.5.3\"}"));
            assertThat(asked(jenkins, "admin", TEST + at + "&credentialsId=dev-key")).contains("Churn dev (n-7): AUTOMATION, DSS 13.5.3");
            assertThat(asked(jenkins, "admin", TEST + at + "&credentialsId=weak-key")).contains("error", "is no global key with admin rights");
            String asDesignNode = TEST.replace("testAutomation", "testDesign");
            assertThat(asked(jenkins, "admin", asDesignNode + at + "&credentialsId=dev-key"))
                    .contains("error", "is of type AUTOMATION and cannot be exported from");
            assertThat(asked(jenkins, "alice", asDesignNode + at + "&credentialsId=dev-key")).contains("403");
            assertThat(asked(jenkins, "admin", TEST + Scene.KEY + at + "&credentialsId=")).contains("administrator rights");
            assertThat(asked(jenkins, "admin", TEST + at + "&credentialsId=wrong-key")).contains("error").doesNotContain("no-key-of-this-node");
            assertThat(asked(jenkins, "admin", TEST + at + "&credentialsId=")).contains("Choose or type the API key first");
            assertThat(asked(jenkins, "alice", TEST + at + "&credentialsId=dev-key")).contains("403");
        }
    }

    @Test
    void administrators_are_told_of_a_node_that_does_not_answer(JenkinsRule jenkins) throws Exception {
        Scene.people(jenkins);
        EmbeddedNode node = Scene.node();
        Scene.configure(node.url());
        UnreachableNodes told = ExtensionList.lookupSingleton(UnreachableNodes.class);
        PeriodicWork watch = ExtensionList.lookupSingleton(NodeWatch.class);

        node.close();
        watch.run();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> told.getProblems().stream().anyMatch(problem -> problem.getUrl().equals(node.url())));
        assertThat(told.isActivated()).isTrue();
        assertThat(told.getProblems()).singleElement().satisfies(problem -> {
            assertThat(problem.getOwner()).isEqualTo("dev");
            assertThat(problem.getUrl()).isEqualTo(node.url());
        });
        assertThat(jenkins.createWebClient().withBasicCredentials("admin").goTo("manage").asNormalizedText()).contains("cannot work with these nodes");

        assertThat(new Caller(jenkins, "anonymous").get("health/").statusCode()).as("unless an administrator wants it").isEqualTo(200);
        Scene.code("unclassified: {projectDeployer: {nodesInHealth: true}}");
        assertThat(new Caller(jenkins, "anonymous").get("health/")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("project-deployer-nodes").doesNotContain("dev", node.url());
        });
        Scene.code("unclassified: {projectDeployer: {infrastructures: []}}");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            watch.run(); // does nothing while the last look goes on
            return !told.isActivated();
        });
        assertThat(new Caller(jenkins, "anonymous").get("health/").statusCode()).as("when it was mended").isEqualTo(200);
    }

    @Test
    void a_node_at_an_impossible_address_hides_no_other(JenkinsRule jenkins) throws Exception {
        Scene.people(jenkins);
        try (EmbeddedNode node = Scene.node()) {
            Map<String, String> nodes = new TreeMap<>(Map.of("dev", "https://" + "a".repeat(64) + ".example.com:1", "prod", node.url()));
            Scene.configure(nodes, "user: alice");
            node.down();
            UnreachableNodes told = ExtensionList.lookupSingleton(UnreachableNodes.class);
            ExtensionList.lookupSingleton(NodeWatch.class).run();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> told.getProblems().size() == 2);
            assertThat(told.getProblems()).extracting(NodeProblem::getOwner).containsExactly("dev", "prod");
        }
    }

    private static String asked(JenkinsRule jenkins, String user, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withBasicCredentials(user).withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
        client.addCrumb(request);
        var answer = client.getPage(request).getWebResponse();
        return answer.getStatusCode() + " " + answer.getContentAsString();
    }
}
