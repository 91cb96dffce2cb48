package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.deployment.ReportedResources;
import io.jenkins.plugins.projectdeployer.deployment.ResourceReading;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Ours: the authorization matrix, as JSON page by page and as CSV in one piece. */
final class AccessResources {

    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    /** More than a page shows; a filter brings the others. */
    private static final int COLUMNS = 200;

    private final AccessMatrix matrix;
    private final ResourceReading reading;

    AccessResources(AccessMatrix matrix, ResourceReading reading) {
        this.matrix = matrix;
        this.reading = reading;
    }

    void addTo(Routes routes) {
        routes.get("/access", this::show)
                .get("/access/matrix.csv", this::csv)
                .post("/access/readings", this::read);
    }

    private WebReply show(Routes.Call call) {
        AccessMatrix.Asked asked = AccessMatrix.Asked.of(call.request());
        AccessMatrix.Part part = matrix.part(call.view(), asked, Math.min(call.request().number("limit", PAGE), LARGEST_PAGE));
        List<MatrixColumn> shown = part.columns().stream().limit(COLUMNS).toList();
        ObjectNode json = Json.MAPPER.createObjectNode()
                .put("by", asked.byUser() ? "user" : "group")
                .put("administrator", call.view().person().administrator());
        ArrayNode columns = json.putArray("columns");
        shown.forEach(column -> columns.addObject()
                .put("kind", column.kind())
                .put("name", column.name())
                .put("on", column.on())
                .put("node", column.node())
                .put("usableByAll", column.usableByAll())
                .put("reportedAt", column.reportedAt() == null ? null : column.reportedAt().toString()));
        json.put("columnsLeftOut", part.columns().size() - shown.size());
        json.set("lookedUp", part.lookedUp().map(row -> row(row, shown)).orElse(null));
        ArrayNode rows = json.putArray("rows");
        part.rows().forEach(row -> rows.add(row(row, shown)));
        json.put("next", part.next());
        json.set("nodes", nodes(call.view()));
        return WebReply.json(json);
    }

    private static ObjectNode row(MatrixRow row, List<MatrixColumn> columns) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("name", row.name()).put("byNameOnly", !row.resolved());
        json.putNull("groups");
        if (!row.isGroup() && row.resolved()) {
            ArrayNode groups = json.putArray("groups");
            row.person().groups().stream().sorted().forEach(groups::add);
        }
        ArrayNode cells = json.putArray("cells");
        columns.forEach(column -> cells.add(column.cell(row)));
        return json;
    }

    /** What has been read of which node, and when. */
    private ArrayNode nodes(View view) {
        ArrayNode nodes = Json.MAPPER.createArrayNode();
        for (Infrastructure infrastructure : view.infrastructures()) {
            List<Optional<ReportedResources.Node>> reported = reading.reported().of(infrastructure);
            for (int place = 0; place < reported.size(); place++) {
                Optional<ReportedResources.Node> node = reported.get(place);
                nodes.addObject()
                        .put("infrastructure", infrastructure.id())
                        .put("node", node.map(ReportedResources.Node::name).orElse(reported.size() == 1 ? null : "node " + (place + 1)))
                        .put("readAt", node.map(ReportedResources.Node::whole).map(Object::toString).orElse(null))
                        .put("resources", node.map(it -> it.resources().size()).orElse(0));
            }
        }
        return nodes;
    }

    private WebReply csv(Routes.Call call) {
        AccessMatrix.Asked asked = AccessMatrix.Asked.of(call.request());
        AccessMatrix.Part part = matrix.part(call.view(), asked, Integer.MAX_VALUE);
        return Csv.reply(asked.byUser() ? "access-by-user.csv" : "access-by-group.csv", () -> Stream.concat(
                Stream.of(line(asked.byUser() ? "User" : "Group", "What counts", part, MatrixColumn::title)),
                Stream.concat(part.lookedUp().stream(), part.rows().stream())
                        .map(row -> line(row.name(), counts(row), part, column -> column.cell(row)))));
    }

    private static List<String> line(String name, String counts, AccessMatrix.Part part, Function<MatrixColumn, String> cell) {
        List<String> line = new ArrayList<>(List.of(name, counts));
        part.columns().forEach(column -> line.add(cell.apply(column)));
        return line;
    }

    private static String counts(MatrixRow row) {
        return row.isGroup() ? "the group" : row.resolved() ? "name and groups" : "name alone";
    }

    /** Has the nodes of an infrastructure say who may do what with everything there. */
    private WebReply read(Routes.Call call) throws IOException {
        call.view().requireAdministrator("Reading a node for the authorization matrix");
        reading.read(call.view().infrastructure(Fields.required(call.request().json("infrastructure"), "infrastructure"), InfrastructureRight.ADMIN));
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("nodes", nodes(call.view()));
        return WebReply.json(json);
    }
}
