package io.jenkins.plugins.projectdeployer.jenkins.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import io.jenkins.plugins.projectdeployer.ProjectDeployer;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.io.IOException;
import org.kohsuke.args4j.Option;

/** {@code verify-audit [--expect SEQ:HEAD]}: code 0 when the audit is intact, {@link #FAILED} when it is not. */
@Extension
public final class VerifyAuditCommand extends ResourceCommand {

    @Option(name = "--expect", metaVar = "SEQ:HEAD", usage = "What an earlier check or a build's log has printed: without it a history"
            + " that was written anew as a whole is not noticed")
    public String expect;

    @Override
    public String getShortDescription() {
        return Messages.VerifyAuditCommand_description();
    }

    @Override
    int run(ProjectDeployer deployer, Person person) throws IOException {
        ObjectNode asked = Json.MAPPER.createObjectNode();
        if (expect != null) {
            asked.put("expect", expect);
        }
        JsonNode said = post(deployer, person, "/audit/verification", asked);
        if (!said.path("intact").asBoolean()) {
            print("broken at " + said.path("where").asText() + ": " + said.path("what").asText());
            return FAILED;
        }
        long replaced = said.path("replacedPayloads").asLong();
        print("intact " + said.path("head").asText()
                + (replaced == 0 ? "" : Messages.VerifyAuditCommand_replaced(String.valueOf(replaced)))
                + (expect == null ? Messages.VerifyAuditCommand_noAnchor() : ""));
        return 0;
    }
}
