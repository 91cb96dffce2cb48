package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.CodeEnvsBehavior;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.DeploymentSettings;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.LoginMapping;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import io.jenkins.plugins.projectdeployer.model.SettingsChange;
import io.jenkins.plugins.projectdeployer.model.WayBack;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.store.DeploymentPast;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Something to plan, in which all is well; a test makes wrong what it is about. */
final class Planning {

    static final String SHA = "ab".repeat(32);

    final Map<String, String> requiredConnections = new LinkedHashMap<>(Map.of("sql-dev", "PostgreSQL", "filesystem_managed", "Filesystem"));
    final List<String> allowedMissing = new ArrayList<>();
    final List<String> codeEnvs = new ArrayList<>();
    final List<String> containerExecs = new ArrayList<>();
    final List<String> clusters = new ArrayList<>();
    final List<ProjectPermissions> permissions = new ArrayList<>();
    final List<BundleContents.Scenario> scenarios = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<NodeAddress> addresses = new ArrayList<>(List.of(new NodeAddress("https://prod.example.com:10000", "prod-key")));
    final List<Remap> connections = new ArrayList<>(List.of(new Remap("sql-dev", "sql-prod")));
    final List<Hook> hooks = new ArrayList<>();
    final List<CodeEnv> registered = new ArrayList<>();
    final Map<String, Node> nodes = new HashMap<>(Map.of("https://prod.example.com:10000", new Node("prod-1")));
    final Map<String, NodeException> unreadable = new HashMap<>();
    final Set<String> nodesOfOthers = new HashSet<>();
    final DeployRequest.Builder request;
    String designOwner;
    String dssVersion = "13.3.1";
    Policies policies = new Policies(null, "svc_deploy", "svc_run", "svc_run");
    CodeEnvsBehavior behavior = CodeEnvsBehavior.DEFAULT;
    LoginMapping logins = LoginMapping.SAME;
    Person requester = new Person("alice", Set.of("release"), false);
    DeploymentPast past = DeploymentPast.NONE;
    Set<String> sentTo = Set.of();
    Deployment existing;
    WayBack restore;
    int reads;

    Planning() {
        request = DeployRequest.of("key", "alice", "CHURN", "prod").bundle("v2");
        permissions.add(new ProjectPermissions("churn-team", null, Set.of("writeProjectContent")));
        scenarios.add(new BundleContents.Scenario("SCORE", "score", true, null, false));
    }

    /** A node that a test can change. */
    static final class Node {

        String nodeId;
        String type = "AUTOMATION";
        String version = "13.3.1";
        final Map<String, NodeFacts.Connection> connections = new HashMap<>();
        final Map<String, NodeFacts.User> users = new HashMap<>();
        final Map<String, NodeFacts.Group> groups = new HashMap<>();
        final Map<String, Boolean> codeEnvs = new HashMap<>();
        final Set<String> containerExecs = new HashSet<>();
        final List<NodeResource> grants = new ArrayList<>();
        final List<String> unread = new ArrayList<>();
        final Set<String> clusters = new HashSet<>();
        final Map<String, Optional<String>> projects = new HashMap<>();
        final Set<String> imported = new HashSet<>();
        boolean hasFolder = true;

        Node(String nodeId) {
            this.nodeId = nodeId;
            connections.put("filesystem_managed", new NodeFacts.Connection("Filesystem", EVERYBODY));
            connections.put("sql-prod", new NodeFacts.Connection("PostgreSQL", EVERYBODY));
            users.put("svc_deploy", new NodeFacts.User(true, Set.of("deployers")));
            users.put("svc_run", new NodeFacts.User(true, Set.of()));
            users.put("alice", new NodeFacts.User(true, Set.of("churn-team")));
            groups.put("deployers", new NodeFacts.Group(false, Optional.of(true)));
            groups.put("churn-team", new NodeFacts.Group(false, Optional.of(false)));
            groups.put("administrators", new NodeFacts.Group(true, Optional.of(true)));
        }

        private NodeFacts facts() {
            return new NodeFacts(nodeId, type, version, connections, users, groups,
                    new FoundResources(codeEnvs, containerExecs, clusters, grants, unread), projects, imported,
                    hasFolder);
        }
    }

    /** What everybody, or else these groups, may use. */
    static final ResourceGrants EVERYBODY = new ResourceGrants(null, true, List.of());

    static ResourceGrants usableBy(String... groups) {
        return new ResourceGrants(null, false, Stream.of(groups).map(group -> Grant.toGroup(group, ResourceRight.USE)).toList());
    }

    /** The deployment that is there already, with bundle v1. */
    static Deployment deployment(DeploymentSettings settings) {
        return new Deployment("CHURN-on-prod", "CHURN", "prod", "CHURN", "v1", settings, false, "alice", Instant.EPOCH);
    }

    static SettingsChange change(List<Remap> connections) {
        return new SettingsChange(null, connections, null, null, null, null, null, null, null);
    }

    static Message only(Plan plan) {
        assertThat(plan.messages()).hasSize(1);
        return plan.messages().get(0);
    }

    Node node() {
        return nodes.get(addresses.get(0).url());
    }

    Node secondNode(String nodeId) {
        NodeAddress second = new NodeAddress("https://prod2.example.com:10000", "prod-key");
        addresses.add(second);
        nodes.put(second.url(), new Node(nodeId));
        return nodes.get(second.url());
    }

    /** As after a good first deployment of bundle v1. */
    void deployedBefore() {
        past = new DeploymentPast(Set.of("prod-1"), true, true, 1);
        node().projects.put("CHURN", Optional.of("v1"));
        node().imported.add("v1");
    }

    BundleContents contents() {
        return new BundleContents("CHURN", "v2", dssVersion, "alice", null, "v1", requiredConnections, allowedMissing, codeEnvs, containerExecs, clusters,
                designOwner, permissions, scenarios, List.of(), List.of(), notes);
    }

    Infrastructure infrastructure() {
        return new Infrastructure("prod", "Production", addresses, null,
                List.of(Grant.toGroup("release", InfrastructureRight.DEPLOY), Grant.toUser("carol", InfrastructureRight.ADMIN)),
                connections, null, null, behavior, policies, hooks, null);
    }

    Plan plan() {
        return plan(this::read);
    }

    Plan plan(NodeReader reader) {
        DeployRequest asked = request.build();
        Infrastructure infrastructure = infrastructure();
        Configuration configuration = new Configuration(null, List.of(infrastructure), null, registered, null, logins, null, null);
        Deployment wanted =
                WantedDeployment.of(asked, "CHURN-on-prod", Optional.ofNullable(existing), infrastructure, "v2", Instant.EPOCH);
        Bundle bundle = new Bundle("CHURN", "v2", SHA, 1, "alice", Instant.EPOCH, "file", null, contents());
        PlanInput input = new PlanInput(asked, List.of(requester), wanted, past, sentTo, bundle, configuration, infrastructure, restore);
        Planner planner = new Planner(new Access(PEOPLE), PEOPLE, (id, any) -> nodesOfOthers.contains(id), text -> true);
        return planner.plan(input, reader);
    }

    private synchronized NodeFacts read(NodeAddress address, String name, Deployment target, Uses uses) throws NodeException {
        reads++;
        if (unreadable.containsKey(address.url())) {
            throw unreadable.get(address.url());
        }
        return nodes.get(address.url()).facts();
    }

    static final People PEOPLE = new People() {
        @Override
        public Person person(String userId) {
            return new Person(userId, Set.of(), false);
        }

        @Override
        public String userKey(String userId) {
            return userId.toLowerCase(Locale.ENGLISH);
        }

        @Override
        public String groupKey(String groupName) {
            return groupName.toLowerCase(Locale.ENGLISH);
        }
    };
}
