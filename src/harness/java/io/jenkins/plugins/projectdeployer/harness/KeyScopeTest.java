package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.sun.net.httpserver.HttpServer;
import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.projectdeployer.embedded.Fault;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Where a node's key goes, and which one: looked up when it is needed, for the node that it is needed for. */
class KeyScopeTest extends DeployingTest {

    private static final String NODE = "descriptorByName/io.jenkins.plugins.projectdeployer.jenkins.config.NodeConfig/";

    /** The node's key, for hosts of this pattern. */
    private static void only(String secret, Domain domain) throws Exception {
        Credentials key = new StringCredentialsImpl(CredentialsScope.SYSTEM, "dev-key", null, Secret.fromString(secret));
        SystemCredentialsProvider.getInstance().setDomainCredentialsMap(new HashMap<>(Map.of(domain, List.of(key))));
        SystemCredentialsProvider.getInstance().save();
    }

    private static Domain hosts(String pattern) {
        return new Domain("dataiku", null, List.of(new HostnameSpecification(pattern, null)));
    }

    private String asked(String method) throws Exception {
        return new Caller(jenkins, "admin").post(NODE + method + "&trustAll=false&certificates=&newKey=&url=" + node.url()).body();
    }

    @Test
    void a_key_in_a_domain_for_other_hosts_goes_nowhere() throws Exception {
        Scene.publish(directory, "v1");
        only(Scene.KEY, hosts("*.example.com"));
        assertThat(asked("testAutomation?credentialsId=dev-key")).contains("There is no Secret text", "dev-key");
        assertThat(asked("checkCredentialsId?value=dev-key")).contains("error", "may be used for this URL");
        WorkflowRun refused = jenkins.assertBuildStatus(Result.FAILURE, Scene.deploy(jenkins, "refused", "v1"));
        jenkins.assertLogContains("There is no Secret text \"dev-key\" that may be used for the node's address", refused);
        assertThat(node.calls()).isEmpty();

        only(Scene.KEY, hosts("127.0.0.*"));
        assertThat(asked("testAutomation?credentialsId=dev-key")).contains("administrator rights");
        assertThat(asked("checkCredentialsId?value=dev-key")).doesNotContain("error");
        jenkins.assertBuildStatusSuccess(Scene.deploy(jenkins, "deployed", "v1"));
    }

    @Test
    void a_key_that_is_renewed_under_its_id_counts_from_then_on() throws Exception {
        Scene.publish(directory, "v1");
        node.faults().on("*", "*preload*").once(new Fault.Meanwhile(() -> renew("second-key-of-the-node")));
        node.faults().on("*", "*activate*").once(new Fault.Meanwhile(() -> node.state().revoke(Scene.KEY)));
        jenkins.assertBuildStatusSuccess(Scene.deploy(jenkins, "during", "v1"));
        renew("third-key-of-the-node");
        node.state().revoke("second-key-of-the-node");
        jenkins.assertBuildStatusSuccess(Scene.deploy(jenkins, "between", "v1"));
        assertThat(node.calls()).extracting(call -> call.status()).as("no call went out with a key that was gone").doesNotContain(401);
    }

    private void renew(String key) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) { // on a thread of the node's
            node.state().key(key, "admin-of-" + key, true);
            only(key, Domain.global());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nodes_are_called_through_the_proxy_of_jenkins() throws Exception {
        BlockingQueue<String> hosts = new LinkedBlockingQueue<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.createContext("/", exchange -> {
            hosts.add(String.valueOf(exchange.getRequestHeaders().getFirst("Host")));
            exchange.sendResponseHeaders(502, -1);
            exchange.close();
        });
        proxy.start();
        try {
            jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.getAddress().getPort()));
            new Caller(jenkins, "admin").post(NODE + "testAutomation?credentialsId=dev-key&trustAll=false&certificates=&newKey=&url=http://node.example.com:11200");
            assertThat(hosts).isNotEmpty().containsOnly("node.example.com:11200");
        } finally {
            jenkins.jenkins.setProxy(null);
            proxy.stop(0);
        }
    }
}
