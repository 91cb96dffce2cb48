package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.GlobalRight;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.access.ResourceRights;
import io.jenkins.plugins.projectdeployer.deployment.ReportedResources;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeResource;
import io.jenkins.plugins.projectdeployer.model.ResourceKind;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The columns of the authorization matrix: what somebody may see of all that rights are granted on. */
final class MatrixColumns {

    private final Access access;
    private final ReportedResources reported;

    MatrixColumns(Access access, ReportedResources reported) {
        this.access = access;
        this.reported = reported;
    }

    /** Rights of Jenkins, then infrastructures, projects, code envs, and what nodes have. */
    List<MatrixColumn> all(View view) {
        List<MatrixColumn> columns = new ArrayList<>();
        Arrays.stream(GlobalRight.values()).forEach(right -> columns.add(new MatrixColumn("global", right.label(), false,
                row -> row.global().contains(right) ? List.of("Yes") : List.of())));
        view.infrastructures().forEach(each -> columns.add(
                new MatrixColumn("infrastructure", each.id(), false, access.rights(each).compose(MatrixRow::person))));
        view.projects().forEach(each -> columns.add(
                new MatrixColumn("project", each.key(), false, access.rights(each).compose(MatrixRow::person))));
        view.codeEnvs().forEach(each -> columns.add(
                new MatrixColumn(kind(ResourceKind.CODE_ENV), each.name(), each.usableByAll(), rights(each).compose(MatrixRow::person))));
        view.infrastructures().forEach(each -> ofNodes(each, columns));
        return columns;
    }

    private Function<Person, List<String>> rights(CodeEnv codeEnv) {
        Function<Person, List<String>> granted = access.rights(codeEnv);
        List<String> everybody = codeEnv.usableByAll() ? List.of(ResourceKind.CODE_ENV.label(ResourceRight.USE)) : List.of();
        return granted.andThen(rights -> rights.isEmpty() ? everybody : rights);
    }

    private void ofNodes(Infrastructure infrastructure, List<MatrixColumn> columns) {
        for (Optional<ReportedResources.Node> found : reported.of(infrastructure)) {
            found.ifPresent(node -> node.resources().forEach(each -> columns.add(new MatrixColumn(
                    kind(each.resource().kind()),
                    name(each.resource(), node),
                    infrastructure.id(),
                    infrastructure.nodes().size() == 1 ? null : node.name(),
                    each.resource().grants().usableByAll(),
                    each.at(),
                    row -> onNode(row, node).on(each.resource().grants()).map(each.resource().kind()::label).stream().toList()))));
        }
    }

    /** With its language where the node has code envs of that name in several. */
    private static String name(NodeResource resource, ReportedResources.Node node) {
        boolean shared = node.resources().stream().map(ReportedResources.Reported::resource)
                .filter(other -> other.kind() == resource.kind() && other.name().equals(resource.name())).count() > 1;
        return shared ? resource.name() + " (" + resource.language() + ")" : resource.name();
    }

    /** On a node a group is the one of exactly that name there, and a user has the groups that the node gives the login. */
    private static ResourceRights onNode(MatrixRow row, ReportedResources.Node node) {
        Set<String> groups = row.isGroup() ? row.spellings() : row.resolved() ? node.members().getOrDefault(row.login(), Set.of()) : Set.of();
        return new ResourceRights(row.login(), groups, groups.stream().anyMatch(node.administrators()::contains));
    }

    private static String kind(ResourceKind kind) {
        return switch (kind) {
            case CODE_ENV -> "codeEnv";
            case CLUSTER -> "cluster";
            case CONTAINER_EXEC -> "containerExec";
        };
    }
}
