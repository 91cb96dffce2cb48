package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Finds what answers a path such as {@code /project-deployer/deployments/{id}/settings}. */
final class Routes {

    /** What answers. */
    @FunctionalInterface
    interface Handler {
        WebReply answer(Call call) throws IOException;
    }

    /** A request on its way to its handler: who asks sees what, and what the path's variables are. */
    record Call(WebRequest request, View view, Map<String, String> variables) {

        /** A variable of the path. */
        String path(String name) {
            return variables.get(name);
        }

        String userId() {
            return request.userId();
        }

        /**
         * An answer with a tag; where the caller's own still holds, nothing is looked up. Whatever is recorded after the
         * request came changes the next one's tag.
         *
         * @param state changes whenever the answer does for another reason; what the query says is taken care of here
         */
        WebReply tagged(int state, Supplier<JsonNode> answer) {
            String tag = "\"" + view.recorded() + "-" + Integer.toHexString(31 * state + request.query().hashCode()) + "\"";
            return tag.equals(request.ifNoneMatch())
                    ? WebReply.notModified(tag)
                    : WebReply.json(answer.get()).with("ETag", tag);
        }
    }

    /** One method on one path. */
    record Route(String method, String template, Handler handler, List<String> parts) {

        private static Route of(String method, String template, Handler handler) {
            return new Route(method, template, handler, List.of(template.substring(1).split("/")));
        }

        /** Literal segments come before variables. */
        private long variableCount() {
            return parts.stream().filter(Routes::isVariable).count();
        }
    }

    /** What was found for a path: its methods, and the variables. */
    record Found(Map<String, Handler> methods, Map<String, String> variables) {

        Optional<Handler> handler(String method) {
            return Optional.ofNullable(methods.get(method));
        }

        String allowed() {
            return String.join(", ", new TreeSet<>(methods.keySet()));
        }
    }

    private final List<Route> all = new ArrayList<>();
    private final Map<Integer, List<Route>> byLength = new HashMap<>();

    Routes get(String template, Handler handler) {
        return add("GET", template, handler);
    }

    Routes put(String template, Handler handler) {
        return add("PUT", template, handler);
    }

    Routes post(String template, Handler handler) {
        return add("POST", template, handler);
    }

    Routes delete(String template, Handler handler) {
        return add("DELETE", template, handler);
    }

    private Routes add(String method, String template, Handler handler) {
        Route route = Route.of(method, template, handler);
        all.add(route);
        List<Route> sameLength = byLength.computeIfAbsent(route.parts().size(), length -> new ArrayList<>());
        sameLength.add(route);
        sameLength.sort(Comparator.comparingLong(Route::variableCount));
        return this;
    }

    /** All of them, as they were added. */
    List<Route> all() {
        return List.copyOf(all);
    }

    /** What is at this path; empty when nothing is. */
    Optional<Found> find(List<String> segments) {
        Map<String, Handler> methods = new LinkedHashMap<>();
        Map<String, String> variables = null;
        String template = null;
        for (Route route : byLength.getOrDefault(segments.size(), List.of())) {
            Map<String, String> match = match(route.parts(), segments);
            if (match != null && (template == null || template.equals(route.template()))) {
                template = route.template();
                variables = match;
                methods.put(route.method(), route.handler());
            }
        }
        return template == null ? Optional.empty() : Optional.of(new Found(methods, variables));
    }

    private static Map<String, String> match(List<String> parts, List<String> segments) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (isVariable(part)) {
                variables.put(part.substring(1, part.length() - 1), segments.get(i));
            } else if (!part.equals(segments.get(i))) {
                return null;
            }
        }
        return variables;
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
    }
}
