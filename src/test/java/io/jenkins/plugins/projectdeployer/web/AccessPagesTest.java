package io.jenkins.plugins.projectdeployer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.World;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A matrix that is too large for one answer, either way. */
class AccessPagesTest {

    @Test
    void users_come_page_by_page_and_columns_beyond_the_limit_are_counted(@TempDir Path home) {
        List<Grant<ResourceRight>> grants = List.of(Grant.toUser("alice", ResourceRight.USE), Grant.toUser("carol", ResourceRight.USE));
        try (World world = new World(home).infrastructure("prod", "Production").codeEnvs(IntStream.range(0, 200)
                .mapToObj(number -> new CodeEnv("py%03d".formatted(number), "/opt/python", "admin", false, grants)).toArray(CodeEnv[]::new))) {
            Caller admin = new Caller(world, "admin").onPages();
            List<String> users = new ArrayList<>();
            JsonNode page = null;
            do {
                page = admin.get("/access?by=user&limit=2" + (page == null ? "" : "&after=" + page.path("next").asText()));
                page.path("rows").forEach(row -> users.add(row.path("name").asText()));
            } while (!page.path("next").isNull());

            assertThat(users).containsExactly("admin", "alice", "bob", "carol");
            assertThat(page.path("columns")).hasSize(200);
            JsonNode narrowed = admin.get("/access?by=user&kind=codeEnv");
            assertThat(narrowed.path("columns")).hasSize(200);
            assertThat(narrowed.path("columnsLeftOut").asInt()).isZero();
            int others = page.path("columnsLeftOut").asInt();
            assertThat(others).as("Jenkins' own rights and the infrastructure")
                    .isEqualTo(admin.get("/access?kind=global").path("columns").size() + 1);
            assertThat(page.path("rows").get(0).path("cells")).hasSize(200);
        }
    }
}
