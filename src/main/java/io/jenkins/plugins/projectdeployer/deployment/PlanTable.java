package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.BundleContents;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A plan as one table of plain text, for the build log: what will be done, on which nodes, by whom, and all that is wrong.
 * Aligned, bounded in length and width, and free of control characters. It holds no address of a node and nothing of
 * hooks, since the log has readers who may see neither.
 */
final class PlanTable {

    private static final int ROWS_OF_A_KIND = 40;
    private static final int MESSAGES = 100;
    private static final int NAME_WIDTH = 48;
    private static final int TEXT_WIDTH = 600;

    private final Plan plan;
    private final BundleContents contents;
    private final List<Row> rows = new ArrayList<>();

    private PlanTable(Plan plan, BundleContents contents) {
        this.plan = plan;
        this.contents = contents;
    }

    private record Row(String kind, String name, String text) {}

    /**
     * The lines of the table, without line ends.
     *
     * @param contents of the planned bundle
     */
    static List<String> lines(Plan plan, BundleContents contents) {
        PlanTable table = new PlanTable(plan, contents);
        table.target();
        table.nodes();
        table.users();
        table.names();
        table.permissions();
        table.messages();
        return table.aligned();
    }

    private void target() {
        Deployment deployment = plan.deployment();
        add("deployment", deployment.id(), "project " + deployment.targetProject() + " on infrastructure " + plan.infrastructure().id()
                + " (" + plan.infrastructure().stage() + ")" + (plan.firstDeployment() ? ", for the first time" : ""));
        add("bundle", deployment.bundleId(), "SHA-256 " + plan.bundleSha256() + made());
    }

    private String made() {
        return contents.dssVersion() == null ? "" : ", made by DSS " + contents.dssVersion();
    }

    private void nodes() {
        some("node", plan.nodes(), node -> new Row("node", node.nodeId() == null ? "?" : node.nodeId(), describe(node)));
    }

    private static String describe(Plan.PlannedNode node) {
        if (node.nodeId() == null && node.version() == null) {
            return "not read, see below";
        }
        String version = node.version() == null ? "" : "DSS " + node.version() + ", ";
        if (!node.projectPresent()) {
            return version + "project not there yet";
        }
        return version + (node.activeBundle() == null ? "project without an active bundle" : "now bundle " + node.activeBundle());
    }

    private void users() {
        Plan.Users users = plan.users();
        add("user", users.deployingUser(), "deploys, asked by " + users.requestingUser());
        if (users.scenariosRunAsUser() != null) {
            add("user", users.scenariosRunAsUser(), "scenarios run as");
        }
        if (users.webAppsRunAsUser() != null) {
            add("user", users.webAppsRunAsUser(), "web apps run as");
        }
    }

    private void names() {
        some("connection", new TreeMap<>(contents.requiredConnections()).entrySet(), connection -> new Row("connection", connection.getKey(),
                "is " + plan.remapping().connection(connection.getKey()) + " (" + connection.getValue() + ")"));
        some("code env", contents.codeEnvs(), name -> new Row("code env", name, "is " + plan.remapping().codeEnv(name)));
        some("container", contents.containerExecs(), name -> new Row("container", name, "is " + plan.remapping().containerExec(name)));
        some("cluster", contents.clusters(), name -> new Row("cluster", name, "keeps its name"));
    }

    private void permissions() {
        if (plan.permissions() == null) {
            return;
        }
        add("owner", plan.permissions().owner(), "where the project is new");
        some("permission", plan.permissions().permissions(), PlanTable::describe);
        some("left out", plan.permissions().leftOut(), name -> new Row("left out", name, "not known there"));
    }

    private static Row describe(ProjectPermissions line) {
        return new Row("permission", line.principal().toString(), String.join(", ", line.flags()));
    }

    /** The worst first. */
    private void messages() {
        List<Message> sorted = plan.messages().stream().sorted(Comparator.comparing(Message::severity).reversed()).toList();
        sorted.stream().limit(MESSAGES).forEach(message ->
                add(message.severity().name(), message.node() == null ? "" : message.node(), message.text() + " [" + message.code() + "]"));
        more("message", sorted.size() - MESSAGES);
    }

    private <T> void some(String kind, Collection<T> things, Function<T, Row> row) {
        things.stream().limit(ROWS_OF_A_KIND).map(row).forEach(rows::add);
        more(kind, things.size() - ROWS_OF_A_KIND);
    }

    private void more(String kind, int count) {
        if (count > 0) {
            add(kind, "", "and " + count + " more");
        }
    }

    private void add(String kind, String name, String text) {
        rows.add(new Row(kind, name, text));
    }

    private List<String> aligned() {
        List<Row> shown = rows.stream()
                .map(row -> new Row(row.kind(), Ids.printable(row.name(), NAME_WIDTH), Ids.printable(row.text(), TEXT_WIDTH)))
                .toList();
        int kindWidth = width(shown, Row::kind);
        int nameWidth = width(shown, Row::name);
        return shown.stream()
                .map(row -> padded(row.kind(), kindWidth) + "  " + padded(row.name(), nameWidth) + "  " + row.text())
                .map(String::stripTrailing)
                .toList();
    }

    private static int width(List<Row> rows, Function<Row, String> cell) {
        return rows.stream().map(cell).mapToInt(text -> text.codePointCount(0, text.length())).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
    }
}
