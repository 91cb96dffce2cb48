package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.access.HeldPermissions;
import io.jenkins.plugins.projectdeployer.access.HeldPermissions.Held;
import io.jenkins.plugins.projectdeployer.access.ProjectPermission;
import io.jenkins.plugins.projectdeployer.deployment.SchemeOnNode;
import io.jenkins.plugins.projectdeployer.model.Json;
import io.jenkins.plugins.projectdeployer.model.Principal;
import io.jenkins.plugins.projectdeployer.model.ProjectPermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A project's permissions on one node beside those of its design project: whoever has any in one of them, and the eleven. */
final class ComparedPermissions {

    private ComparedPermissions() {}

    /** @param design empty where the bundle does not say */
    static ObjectNode of(SchemeOnNode node, Optional<SchemeOnNode> design) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("node", node.node());
        ArrayNode lines = json.putArray("lines");
        int differences = 0;
        for (Principal who : everybody(node, design)) {
            ObjectNode line = line(who, node, design);
            lines.add(line);
            differences += line.path("differences").asInt();
        }
        return json.put("differences", differences);
    }

    private static List<Principal> everybody(SchemeOnNode node, Optional<SchemeOnNode> design) {
        Set<Principal> all = new HashSet<>(named(node));
        design.ifPresent(it -> all.addAll(named(it)));
        return all.stream().sorted(Comparator.comparing(Principal::isGroup).reversed().thenComparing(Principal::name)).toList();
    }

    private static Set<Principal> named(SchemeOnNode scheme) {
        Set<Principal> named = new HashSet<>();
        if (!scheme.owner().isBlank()) {
            named.add(Principal.ofUser(scheme.owner()));
        }
        scheme.permissions().forEach(line -> named.add(line.principal()));
        return named;
    }

    private static ObjectNode line(Principal who, SchemeOnNode node, Optional<SchemeOnNode> design) {
        HeldPermissions here = held(who, node);
        Optional<HeldPermissions> there = design.map(it -> held(who, it));
        ObjectNode line = Json.MAPPER.createObjectNode()
                .put("kind", who.isGroup() ? "group" : "user")
                .put("name", who.name())
                .put("owner", isOwner(who, node))
                .put("designOwner", design.filter(it -> isOwner(who, it)).isPresent())
                .put("onNode", named(node).contains(who))
                .put("inDesign", design.map(it -> named(it).contains(who)).orElse(null));
        ArrayNode cells = line.putArray("cells");
        int differences = 0;
        for (ProjectPermission permission : ProjectPermission.values()) {
            Held is = here.held(permission);
            Held was = there.map(it -> it.held(permission)).orElse(null);
            boolean same = was == null || was.isHeld() == is.isHeld();
            cells.addObject()
                    .put("is", is.name())
                    .put("design", was == null ? null : was.name())
                    .put("difference", same ? null : is.isHeld() ? "MORE" : "LESS");
            differences += same ? 0 : 1;
        }
        ArrayNode others = line.putArray("otherFlags");
        here.otherFlags().stream().sorted().forEach(others::add);
        return line.put("differences", differences);
    }

    private static boolean isOwner(Principal who, SchemeOnNode scheme) {
        return !who.isGroup() && who.user().equals(scheme.owner());
    }

    private static HeldPermissions held(Principal who, SchemeOnNode scheme) {
        Set<String> flags = new HashSet<>();
        scheme.permissions().stream().filter(line -> line.principal().equals(who)).map(ProjectPermissions::flags).forEach(flags::addAll);
        return HeldPermissions.of(flags, isOwner(who, scheme));
    }
}
