package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.ResourceGrants;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a node may say who may do what with a thing of its. */
class ResourceGrantsJsonTest {

    private static Optional<ResourceGrants> owned(String json) {
        return ResourceGrantsJson.owned(Json.read(json, JsonNode.class));
    }

    @ParameterizedTest
    @CsvSource({"use, USE", "update, UPDATE", "operate, UPDATE", "admin, ADMIN", "manageUsers, ADMIN"})
    void each_flag_is_its_right_at_the_top_and_below_desc(String flag, ResourceRight right) {
        String said = "\"owner\": \"bob\", \"usableByAll\": false, \"permissions\": [{\"group\": \"ops\", \"use\": true, \"" + flag
                + "\": true}, {\"user\": \"alice\", \"" + flag + "\": true}, {\"group\": \"none\", \"use\": false}]";
        ResourceGrants expected = new ResourceGrants("bob", false, List.of(Grant.toGroup("ops", right), Grant.toUser("alice", right)));

        assertThat(owned("{" + said + "}")).contains(expected);
        assertThat(owned("{\"desc\": {" + said + "}}")).contains(expected);
    }

    @Test
    void a_document_that_says_nothing_is_not_one_that_says_nobody() {
        assertThat(owned("{\"owner\": \"bob\"}")).isEmpty();
        assertThat(owned("{\"desc\": {\"usableByAll\": true}}")).contains(new ResourceGrants(null, true, List.of()));
        assertThat(owned("{\"permissions\": []}")).contains(new ResourceGrants(null, false, List.of()));
    }
}
