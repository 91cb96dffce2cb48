package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.model.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A right or a thing that the authorization matrix has a column for.
 *
 * @param kind such as {@code infrastructure}
 * @param name of the thing
 * @param on the infrastructure whose nodes have it; null: it is the controller's own
 * @param node which of several nodes; null: the only one, or none
 * @param usableByAll whether everybody may use it
 * @param reportedAt when the node said so; null for what is the controller's own
 * @param cell what a row may there, by the names that people give the rights
 */
record MatrixColumn(
        String kind, String name, String on, String node, boolean usableByAll, Instant reportedAt, Function<MatrixRow, List<String>> cell) {

    /** Something of the controller's own. */
    MatrixColumn(String kind, String name, boolean usableByAll, Function<MatrixRow, List<String>> cell) {
        this(kind, name, null, null, usableByAll, null, cell);
    }

    String cell(MatrixRow row) {
        List<String> rights = cell.apply(row);
        return rights.size() == 1 ? rights.get(0) : String.join(", ", rights);
    }

    /** For a table's head: {@code cluster k8s on prod, node prod-1}. */
    String title() {
        return words() + name + (on == null ? "" : " on " + on) + (node == null ? "" : ", node " + node);
    }

    private String words() {
        return switch (kind) {
            case "global" -> "";
            case "codeEnv" -> ResourceKind.CODE_ENV.label() + " ";
            case "containerExec" -> ResourceKind.CONTAINER_EXEC.label() + " ";
            default -> kind + " ";
        };
    }
}
