package io.jenkins.plugins.projectdeployer.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the route for a method and a path such as {@code /projects/{project}/bundles/imported}. */
final class Router {

    interface Handler {
        Reply answer(Request request) throws IOException;
    }

    /** A route and, in {@code streams}, whether it reads or writes so much that it must not run under the node's lock. */
    record Route(String method, List<String> template, boolean streams, Handler handler) {

        long variableCount() {
            return template.stream().filter(segment -> segment.startsWith("{")).count();
        }

        Map<String, String> match(List<String> segments) {
            Map<String, String> variables = new LinkedHashMap<>();
            for (int i = 0; i < segments.size(); i++) {
                String expected = template.get(i);
                if (expected.startsWith("{")) {
                    variables.put(expected.substring(1, expected.length() - 1), segments.get(i));
                } else if (!expected.equals(segments.get(i))) {
                    return null;
                }
            }
            return variables;
        }
    }

    private final Map<Integer, List<Route>> routes = new HashMap<>();

    void get(String template, Handler handler) {
        add("GET", template, false, handler);
    }

    void put(String template, Handler handler) {
        add("PUT", template, false, handler);
    }

    void post(String template, Handler handler) {
        add("POST", template, false, handler);
    }

    void delete(String template, Handler handler) {
        add("DELETE", template, false, handler);
    }

    void streaming(String method, String template, Handler handler) {
        add(method, template, true, handler);
    }

    private void add(String method, String template, boolean streams, Handler handler) {
        List<String> segments = Request.segments(template);
        List<Route> sameLength = routes.computeIfAbsent(segments.size(), size -> new ArrayList<>());
        sameLength.add(new Route(method, segments, streams, handler));
        sameLength.sort(Comparator.comparingLong(Route::variableCount));
    }

    /** The route for this request, its variables set. A literal segment wins over a variable. */
    Route route(Request request) {
        boolean pathKnown = false;
        for (Route route : routes.getOrDefault(request.segments().size(), List.of())) {
            Map<String, String> variables = route.match(request.segments());
            if (variables != null) {
                if (route.method().equals(request.method())) {
                    request.with(variables);
                    return route;
                }
                pathKnown = true;
            }
        }
        String path = "/" + String.join("/", request.segments());
        throw pathKnown
                ? new ApiError(405, "org.springframework.web.HttpRequestMethodNotSupportedException", "Request method '" + request.method() + "' not supported for " + path)
                : new ApiError(404, "com.dataiku.dip.server.controllers.NotFoundException", "No such API endpoint: " + request.method() + " " + path);
    }
}
