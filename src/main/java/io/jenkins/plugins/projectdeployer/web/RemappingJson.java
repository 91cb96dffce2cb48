package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Remapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tables of renamed resources, as Dataiku writes them: lists of {@code source} and {@code target}. */
final class RemappingJson {

    private RemappingJson() {}

    static ObjectNode tables(Remapping remapping) {
        ObjectNode tables = Json.MAPPER.createObjectNode();
        tables.set("connections", Json.MAPPER.valueToTree(remapping.connections()));
        tables.set("codeEnvs", Json.MAPPER.valueToTree(remapping.codeEnvs()));
        tables.set("containerExecs", Json.MAPPER.valueToTree(remapping.containerExecs()));
        return tables;
    }

    /** What a document says; a table that it leaves out stays as it was. */
    static Remapping read(JsonNode tables, Remapping before) {
        Fields.known(tables, "remapping", List.of("connections", "codeEnvs", "containerExecs"));
        return new Remapping(
                table(tables, "connections", before.connections()),
                table(tables, "codeEnvs", before.codeEnvs()),
                table(tables, "containerExecs", before.containerExecs()));
    }

    private static List<Remap> table(JsonNode tables, String name, List<Remap> before) {
        JsonNode table = tables.path(name);
        if (table.isMissingNode() || table.isNull()) {
            return before;
        }
        Set<String> sources = new HashSet<>();
        List<Remap> remaps = new ArrayList<>();
        for (JsonNode line : Fields.list(table, "remapping." + name)) {
            String source = Fields.text(line, "source");
            String target = Fields.text(line, "target");
            if (source == null || target == null || !sources.add(source)) {
                throw Refused.invalid("remapping." + name + " needs lines of source and target, each source once.");
            }
            remaps.add(new Remap(source, target));
        }
        return remaps;
    }
}
