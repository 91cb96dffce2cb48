package io.jenkins.plugins.projectdeployer.takeover;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Remap;
import io.jenkins.plugins.projectdeployer.model.Remapping;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Reads pieces that stand in several of a deployer's documents. */
final class Foreign {

    /** An id takes 64 characters: a dash and a hash of up to 8 digits stand behind the rest. */
    private static final int ROOM = 64 - 1 - 8;

    private Foreign() {}

    /** A text; null where there is none. */
    static String text(JsonNode document, String field) {
        String text = document.path(field).asText("").strip();
        return document.path(field).isNull() || text.isEmpty() ? null : text;
    }

    /** A base URL, with the port that its protocol means where it names none: ours name one; null where there is none. */
    static String url(JsonNode document, String field) {
        String url = text(document, field);
        try {
            URI uri = url == null ? null : new URI(url);
            if (uri == null || uri.getHost() == null || uri.getPort() != -1 || uri.getUserInfo() != null) {
                return url;
            }
            int port = "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
            return new URI(uri.getScheme(), null, uri.getHost(), port, uri.getPath(), uri.getQuery(), uri.getFragment()).toString();
        } catch (URISyntaxException e) {
            return url;
        }
    }

    /** The id that something is to have here: its own where that has our form, else the nearest that has, always the same one. */
    static String id(String theirs) {
        if (Ids.isValid(theirs)) {
            return theirs;
        }
        String near = theirs.replaceAll("[^A-Za-z0-9_.-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return near.substring(0, Math.min(near.length(), ROOM)) + (near.isEmpty() ? "" : "-") + Integer.toHexString(theirs.hashCode());
    }

    /** The fewest grants that give what lines of flags say. */
    static <R extends Enum<R>> List<Grant<R>> grants(JsonNode lines, Map<String, R> flags, BiPredicate<R, R> implies) {
        List<Grant<R>> grants = new ArrayList<>();
        for (JsonNode line : lines) {
            List<R> held = flags.entrySet().stream()
                    .filter(flag -> line.path(flag.getKey()).asBoolean()).map(Map.Entry::getValue).sorted().toList();
            String group = text(line, "group");
            String user = group == null ? text(line, "user") : null;
            if (group == null && user == null) {
                continue;
            }
            held.stream()
                    .filter(right -> held.stream().noneMatch(other -> other != right && implies.test(other, right)))
                    .forEach(right -> grants.add(new Grant<>(group, user, right)));
        }
        return grants;
    }

    static Remapping remapping(JsonNode tables) {
        return new Remapping(remaps(tables.path("connections")), remaps(tables.path("codeEnvs")), remaps(tables.path("containerExecs")));
    }

    private static List<Remap> remaps(JsonNode table) {
        List<Remap> remaps = new ArrayList<>();
        for (JsonNode line : table) {
            if (text(line, "source") != null && text(line, "target") != null) {
                remaps.add(new Remap(text(line, "source"), text(line, "target")));
            }
        }
        return remaps;
    }
}
