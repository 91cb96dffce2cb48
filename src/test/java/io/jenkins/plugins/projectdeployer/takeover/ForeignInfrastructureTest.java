package io.jenkins.plugins.projectdeployer.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Stage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Infrastructures as Dataiku's own deployer shows them (facts B7), and what is written of them. */
class ForeignInfrastructureTest {

    private static final String DATAIKU = """
            {"id": "prod", "stage": "Production", "governCheckPolicy": "PREVENT", "type": "AUTOMATION_NODE",
             "autoconfigureFromNodesDirectory": false, "automationNodeUrl": "https://prod.example.com:10000/",
             "automationNodeExternalUrl": "", "adminApiKey": "very-secret", "trustAllSSLCertificates": true, "projectStandardsPolicy": {"x": 1},
             "permissions": [{"group": "release", "admin": false, "read": true, "deploy": true}]}""";

    private final Left left = new Left();

    private Infrastructure read(String json) {
        return ForeignInfrastructure.read(Json.read(json, JsonNode.class), left);
    }

    private static String yaml(Infrastructure infrastructure) {
        return ConfigurationYaml.of("https://deployer.example.com", new DeployerContents(
                List.of(new Stage("Production", "says: ${SECRET}\n# \"x\"")), List.of(infrastructure), List.of(), List.of(), List.of("a\nb: c")));
    }

    @Test
    void what_dataiku_shows_is_taken_and_what_it_does_not_is_named_without_any_value() throws IOException {
        Infrastructure prod = read(DATAIKU);

        assertThat(prod.nodes()).containsExactly(new NodeAddress("https://prod.example.com:10000", "prod-key", null, true));
        assertThat(prod.grants()).containsExactly(Grant.toGroup("release", InfrastructureRight.DEPLOY));
        assertThat(left.said()).hasSize(3).anyMatch(said -> said.contains("governCheckPolicy PREVENT"))
                .anyMatch(said -> said.contains("projectStandardsPolicy is not known")).anyMatch(said -> said.contains("does not show"));
        assertThat(left.said().toString() + yaml(prod)).doesNotContain("very-secret");
        JsonNode written = new YAMLMapper().readTree(yaml(prod)).at("/unclassified/projectDeployer");
        assertThat(written.at("/infrastructures/0/nodes/0/trustAll").asBoolean()).isTrue();
        assertThat(written.at("/stages/0/description").asText()).as("not taken for a variable").isEqualTo("says: ^${SECRET}\n# \"x\"");
        assertThat(yaml(prod)).contains("#   a\\u000ab: c");
    }

    @Test
    void nodes_whose_urls_only_dataiku_knows_get_one_that_leads_nowhere() {
        Infrastructure several = read("""
                {"id": "prod", "stage": "Production", "type": "MULTI_AUTOMATION_NODE",
                 "automationNodes": [{"nodeId": "Auto 1"}, {"nodeId": "auto-2"}], "permissions": []}""");

        assertThat(several.nodes()).extracting(NodeAddress::url).containsExactly("https://auto-1.invalid:443", "https://auto-2.invalid:443");
        assertThat(several.nodes()).extracting(NodeAddress::credentialsId).containsExactly("prod-1-key", "prod-2-key");
        assertThat(left.said()).anyMatch(said -> said.contains("the URL of its node Auto 1"));
    }

    @Test
    void a_url_without_a_port_gets_the_one_that_it_means() {
        assertThat(read("{\"id\": \"prod\", \"automationNodeUrl\": \"https://prod.example.com/dss/\"}").nodes())
                .extracting(NodeAddress::url).containsExactly("https://prod.example.com:443/dss");
        assertThat(read("{\"id\": \"prod\", \"automationNodeUrl\": \"http://prod.example.com\"}").nodes())
                .extracting(NodeAddress::url).containsExactly("http://prod.example.com:80");
    }

    @Test
    void a_placeholder_is_the_same_in_every_language() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(read("{\"id\": \"prod\", \"nodeId\": \"AUTOI\"}").nodes()).extracting(NodeAddress::url)
                    .containsExactly("https://autoi.invalid:443");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void no_character_makes_the_file_unreadable() throws IOException {
        String odd = "a\u007f\u0085\u009f\u2028\u202e\ufeff\ufffe\uffffé李\uD83D\uDE00";
        String yaml = ConfigurationYaml.of("https://deployer.example.com", new DeployerContents(
                List.of(new Stage("Production", odd)), List.of(), List.of(), List.of(), List.of(odd)));

        assertThat(new YAMLMapper().readTree(yaml).at("/unclassified/projectDeployer/stages/0/description").asText()).isEqualTo(odd);
        assertThat(yaml).contains("é李\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prod EU", "-x", "été", "a.", "äöü", "../../etc",
        "a-very-long-one-a-very-long-one-a-very-long-one-a-very-long-one-a-very-long-one", "just-as-long-as-it-may-be-but-with-a-space-in-it-which-may-not x"})
    void an_id_that_can_be_none_here_gets_another_one_and_always_the_same(String theirs) {
        assertThat(Ids.isValid(Foreign.id(theirs))).as(Foreign.id(theirs)).isTrue();
        assertThat(Foreign.id(theirs)).isEqualTo(Foreign.id(theirs)).isNotEqualTo(Foreign.id(theirs + " "));
    }
}
