package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "May I?", where it is asked about a job: alice may deploy to both infrastructures, folder {@code team} to one. */
class MayIOfJobsTest {

    private static final String ASKED = "/access/may?project=CHURN&job=team/nightly&infrastructure=";

    private World world;
    private Caller alice;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("dev", "Development").infrastructure("prod", "Production")
                .readable("team/nightly", new FolderRules(List.of(new FolderRules.Rule("team", List.of("dev*"), null))));
        world.change("dev", i -> new Infrastructure(i.id(), i.stage(), i.nodes(), i.externalUrl(), i.grants(), i.connections(), i.codeEnvs(),
                i.containerExecs(), i.codeEnvsBehavior(), i.policies(), i.hooks(), List.of("team/*")));
        world.publish(BundleZip.of("CHURN", "v1"));
        alice = new Caller(world, "alice").onPages();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void what_a_folder_forbids_its_jobs_is_a_no_with_the_folders_name() {
        JsonNode answer = alice.get(ASKED + "prod");

        assertThat(answer.path("may").asBoolean()).isFalse();
        assertThat(answer.path("job").asText()).isEqualTo("team/nightly");
        assertThat(answer.path("reasons")).extracting(JsonNode::asText)
                .contains("group data-team has Deploy on infrastructure prod")
                .endsWith("Folder \"team\" does not let its jobs deploy to infrastructure \"prod\". Whoever configures the folder can add it there.",
                        "Started by the build step of another job, job team/nightly does not deploy there: it is not among the"
                                + " infrastructure's allowed jobs.");
        assertThat(alice.get("/access/may?project=CHURN&infrastructure=prod").path("may").asBoolean()).as("the person alone").isTrue();
    }

    @Test
    void a_job_that_may_says_whether_it_may_also_when_another_job_starts_it() {
        JsonNode answer = alice.get(ASKED + "dev");

        assertThat(answer.path("may").asBoolean()).isTrue();
        assertThat(answer.path("reasons")).extracting(JsonNode::asText).endsWith(
                "Started by the build step of another job, job team/nightly deploys there in the name of whoever started that one.");
    }

    @Test
    void a_job_or_an_infrastructure_that_somebody_may_not_see_tells_nothing() {
        assertThat(alice.ask("GET", ASKED.replace("team/nightly", "team/secret") + "dev", null).error())
                .isEqualTo(alice.ask("GET", ASKED.replace("team/nightly", "team/absent") + "dev", null).error().replace("absent", "secret"))
                .startsWith("NOT_FOUND");
        assertThat(alice.as("carol").get(ASKED + "dev").toString())
                .isEqualTo(alice.as("carol").get(ASKED + "dev-of-nobody").toString().replace("dev-of-nobody", "dev"));
    }
}
