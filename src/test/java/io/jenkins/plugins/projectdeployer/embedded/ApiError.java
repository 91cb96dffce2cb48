package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error in Dataiku's shape. Dataiku answers 500 for most errors of the client; so does this node. */
final class ApiError extends RuntimeException {
    private final int status;
    private final String errorType;

    ApiError(int status, String errorType, String message) {
        super(message);
        this.status = status;
        this.errorType = errorType;
    }

    static ApiError notFound(String message) {
        return new ApiError(404, "com.dataiku.dip.server.controllers.NotFoundException", message);
    }

    /** A project that does not exist and one that the caller may not see give the same answer. */
    static ApiError unknownProject() {
        return new ApiError(401, "com.dataiku.dip.exceptions.UnauthorizedException", "Failed to read project permissions");
    }

    static ApiError forbidden(String message) {
        return new ApiError(403, "com.dataiku.dip.exceptions.UnauthorizedException", message);
    }

    static ApiError notAuthenticated(String message) {
        return new ApiError(401, "com.dataiku.dip.exceptions.NotAuthenticatedException", message);
    }

    static ApiError illegal(String message) {
        return new ApiError(500, "java.lang.IllegalArgumentException", message);
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        return Json.object()
                .put("errorType", errorType)
                .put("message", getMessage())
                .put("detailedMessage", getMessage())
                .put("detailedMessageHTML", "<span>" + getMessage().replace("&", "&amp;").replace("<", "&lt;") + "</span>");
    }
}
