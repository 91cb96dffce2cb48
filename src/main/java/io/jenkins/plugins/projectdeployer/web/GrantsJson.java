package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Grants as Dataiku writes them (facts 0.1.5): one line for each group, a flag for each right. Lines of users are an
 * extension of ours.
 */
final class GrantsJson {

    private GrantsJson() {}

    /** Every right shows with what it implies: a reader may look at one flag alone. */
    static <R extends Enum<R>> ArrayNode lines(List<Grant<R>> grants, BiPredicate<R, R> implies, Map<String, R> flags) {
        Map<Principal, ObjectNode> lines = new LinkedHashMap<>();
        for (Grant<R> grant : grants) {
            ObjectNode line = lines.computeIfAbsent(grant.principal(), principal -> {
                ObjectNode empty = Json.MAPPER.createObjectNode().put(principal.isGroup() ? "group" : "user", principal.name());
                flags.keySet().forEach(flag -> empty.put(flag, false));
                return empty;
            });
            flags.forEach((flag, right) -> {
                if (implies.test(grant.right(), right)) {
                    line.put(flag, true);
                }
            });
        }
        return Json.MAPPER.createArrayNode().addAll(lines.values());
    }

    /** The fewest grants that give what the lines say; a line without any flag grants nothing and is left out. */
    static <R extends Enum<R>> List<Grant<R>> read(
            JsonNode lines, Class<R> rights, BiPredicate<R, R> implies, Map<String, R> flags) {
        Set<String> known = new TreeSet<>(flags.keySet());
        known.addAll(List.of("group", "user"));
        List<Grant<R>> grants = new ArrayList<>();
        for (JsonNode line : Fields.list(lines, "permissions")) {
            Fields.known(line, "a line of permissions", known);
            String group = Fields.text(line, "group");
            String user = Fields.text(line, "user");
            if ((group == null) == (user == null)) {
                throw Refused.invalid("Each line of permissions names a group or a user, one of them.");
            }
            Set<R> said = EnumSet.noneOf(rights);
            new TreeMap<>(flags).forEach((flag, right) -> {
                if (Fields.flag(line, flag, false)) {
                    said.add(right);
                }
            });
            said.stream()
                    .filter(right -> said.stream().noneMatch(other -> other != right && implies.test(other, right)))
                    .forEach(right -> grants.add(new Grant<>(group, user, right)));
        }
        return grants;
    }
}
