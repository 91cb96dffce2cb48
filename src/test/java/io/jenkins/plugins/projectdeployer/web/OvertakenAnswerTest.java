package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.deployment.ActiveBundles;
import io.jenkins.plugins.projectdeployer.embedded.BundleZip;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are made while something is recorded. */
class OvertakenAnswerTest {

    private World world;

    @BeforeEach
    void open(@TempDir Path home) {
        world = new World(home).infrastructure("prod", "Production");
        world.publish(BundleZip.of("CHURN", "v1"));
        world.deploy(World.request("CHURN", "v1", "prod"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/deployments/CHURN-on-prod, deployment",
        "/deployments/CHURN-on-prod/updates, deployment",
        "/deployments/CHURN-on-prod/updates/1, update",
        "/projects/CHURN, project"
    })
    void what_is_recorded_while_an_answer_is_made_is_in_the_next_one(String path, String read) {
        Api api = api(recordingAfter(read));

        WebReply first = ask(api, path, null);
        WebReply second = ask(api, path, first.headers().get("ETag"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).as("the first one may lack what was recorded").isEqualTo(200);
        assertThat(ask(api, path, second.headers().get("ETag")).status()).as("nothing has happened since").isEqualTo(304);
    }

    private Api api(Records records) {
        Api api = new Api(world::configuration, person -> false, new Access(world.people()), records);
        new OneDeployment(records, world.deployer().administration(), world.deployer().health()).addTo(api.routes());
        new DeploymentUpdates(records, world.deployer().steering(), job -> false).addTo(api.routes());
        new PublishedProjects(records, null, world.deployer().administration(),
                new ActiveBundles(records, world.deployer().health())).addTo(api.routes());
        return api;
    }

    private WebReply ask(Api api, String path, String tag) {
        return api.answer(
                () -> WebRequest.of("GET", path, null, name -> name.equals("If-None-Match") ? tag : null, null, "alice"),
                () -> world.people().person("alice"));
    }

    /** Records into which somebody writes right after something was read from them for the first time. */
    private Records recordingAfter(String read) {
        Records records = world.deployer().records();
        AtomicBoolean written = new AtomicBoolean();
        return (Records) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Records.class}, (proxy, method, arguments) -> {
            Object found = method.invoke(records, arguments);
            if (method.getName().equals(read) && written.compareAndSet(false, true)) {
                records.audit("meanwhile", Map.of());
            }
            return found;
        });
    }
}
