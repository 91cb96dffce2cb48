package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.PermissionsPropagation;
import io.jenkins.plugins.projectdeployer.model.Policies;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The plan as the build log shows it. */
class PlanTableTest {

    private final Planning planning = new Planning();

    @Test
    void the_table_shows_what_is_done_by_whom_and_the_worst_first() {
        planning.policies = new Policies(PermissionsPropagation.READ_ONLY, "svc_deploy", "svc_run", null);
        planning.permissions.add(new ProjectPermissions("gone", null, Set.of("admin")));
        planning.node().connections.remove("sql-prod");

        List<String> lines = PlanTable.lines(planning.plan(), planning.contents());

        assertThat(lines).containsExactly(
                "deployment  CHURN-on-prod       project CHURN on infrastructure prod (Production), for the first time",
                "bundle      v2                  SHA-256 " + Planning.SHA + ", made by DSS 13.3.1",
                "node        prod-1              DSS 13.3.1, project not there yet",
                "user        svc_deploy          deploys, asked by alice",
                "user        svc_run             scenarios run as",
                "connection  filesystem_managed  is filesystem_managed (Filesystem)",
                "connection  sql-dev             is sql-prod (PostgreSQL)",
                "owner       svc_deploy          where the project is new",
                "permission  group churn-team    readProjectContent",
                "left out    group gone          not known there",
                "ERROR       prod-1              Connection \"sql-prod\", which \"sql-dev\" is remapped to, does not exist on the node;"
                        + " create it there with type \"PostgreSQL\" or remap \"sql-dev\" to one that exists."
                        + " [ERR_BUNDLE_ACTIVATE_MISSING_CONNECTION]",
                "INFO        prod-1              Not on the node, and so without permissions on the project: group gone;"
                        + " none of them is created, grant permissions there once they exist. [PRINCIPAL_LEFT_OUT]");
    }

    @Test
    void the_table_stays_bounded_and_holds_no_address_and_no_control_characters() {
        IntStream.range(0, 500).forEach(i -> planning.requiredConnections.put("c" + i + "\n" + "x".repeat(1000), "T\r"));
        planning.unreadable.put(planning.addresses.get(0).url(), NodeException.unexpected("prod", "Node \"prod\" hangs."));

        List<String> lines = PlanTable.lines(planning.plan(), planning.contents());

        assertThat(lines).hasSizeLessThan(200).allMatch(line -> line.length() < 800)
                .allMatch(line -> line.chars().noneMatch(Character::isISOControl)).noneMatch(line -> line.contains("example.com"));
        assertThat(lines).anyMatch(line -> line.endsWith("and 462 more"));
    }
}
