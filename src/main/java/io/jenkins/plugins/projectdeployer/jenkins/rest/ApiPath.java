package io.jenkins.plugins.projectdeployer.jenkins.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/** Which requests are for the public API. Dataiku's client asks below the second root, its documentation names the first. */
final class ApiPath {

    private static final List<String> ROOTS = List.of("/project-deployer/public/api/", "/project-deployer/dip/publicapi/");

    private ApiPath() {}

    /** Whether it leads to the API, once dots and doubled slashes are resolved. */
    static boolean isOurs(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path != null && ROOTS.stream().anyMatch(path::startsWith);
    }

    /** The path below the API's root as it stood in the request line: what is encoded in it is for the resources to decode. */
    static Optional<String> below(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return ROOTS.stream().filter(path::startsWith).map(root -> path.substring(root.length() - 1)).findFirst();
    }
}
