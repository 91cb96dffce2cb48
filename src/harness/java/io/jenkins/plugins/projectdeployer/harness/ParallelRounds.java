package io.jenkins.plugins.projectdeployer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.embedded.EmbeddedNode;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two hundred builds deploy at once: twenty projects to three nodes, updates of one deployment in line. */
@WithJenkins
class ParallelRounds {

    private static final int BUILDS = 200;
    private static final int PROJECTS = 20;
    private static final List<String> PLACES = List.of("dev", "test", "prod");

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void two_hundred_builds_at_once_deploy_each_once(JenkinsRule jenkins) throws Exception {
        List<EmbeddedNode> nodes = PLACES.stream().map(Scene::node).toList();
        try {
            Map<String, String> urls = new TreeMap<>();
            for (int place = 0; place < PLACES.size(); place++) {
                urls.put(PLACES.get(place), nodes.get(place).url());
            }
            Scene.people(jenkins);
            Scene.configure(urls, "group: data-team");
            for (int project = 0; project < PROJECTS; project++) {
                byte[] bundle = BundleZip.of("P" + project, "v1").connection("sql-dev", "PostgreSQL").dataset("customers", "sql-dev").bytes();
                Engine.get().publish("alice", "P" + project, "v1", new ByteArrayInputStream(bundle), "v1.zip", null);
            }
            List<QueueTaskFuture<WorkflowRun>> builds = new ArrayList<>();
            for (int build = 0; build < BUILDS; build++) {
                String script = "deployProject project: 'P%d', bundle: 'v1', infrastructure: '%s', queue: true"
                        .formatted(build % PROJECTS, PLACES.get(build % PLACES.size()));
                builds.add(Scene.job(jenkins, "build-" + build, script).scheduleBuild2(0, Scene.by("alice")));
            }
            for (QueueTaskFuture<WorkflowRun> build : builds) {
                jenkins.assertBuildStatusSuccess(build);
            }
            int updates = 0;
            for (int project = 0; project < PROJECTS; project++) {
                for (int place = 0; place < PLACES.size(); place++) {
                    updates += Scene.history("P" + project + "-on-" + PLACES.get(place)).size();
                    assertThat(nodes.get(place).state().project("P" + project).activeBundleId()).isEqualTo("v1");
                }
            }
            assertThat(updates).isEqualTo(BUILDS);
            for (EmbeddedNode node : nodes) {
                assertThat(node.calls()).as("each project is created once").filteredOn(call -> call.path().contains("projectsFromBundle")).hasSize(PROJECTS);
            }
        } finally {
            nodes.forEach(EmbeddedNode::close);
        }
    }
}
