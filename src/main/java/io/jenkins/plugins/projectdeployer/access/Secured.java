package io.jenkins.plugins.projectdeployer.access;

import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.CodeEnvRight;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * A kind of thing that carries grants of its own. In each kind the first right is the one without which the thing does
 * not exist for a person.
 *
 * @param kind what people call it
 * @param id of one such thing
 * @param grants its own, and what its other fields amount to
 * @param implies of its rights
 * @param labels what people call its rights
 */
record Secured<T, R extends Enum<R>>(
        String kind,
        Function<T, String> id,
        Function<T, List<Grant<R>>> grants,
        BiPredicate<R, R> implies,
        Map<R, String> labels) {

    static final Secured<Infrastructure, InfrastructureRight> INFRASTRUCTURE = new Secured<>(
            "infrastructure",
            Infrastructure::id,
            Infrastructure::grants,
            InfrastructureRight::implies,
            Map.of(InfrastructureRight.READ, "View", InfrastructureRight.DEPLOY, "Deploy", InfrastructureRight.ADMIN, "Admin"));

    static final Secured<PublishedProject, ProjectRight> PROJECT = new Secured<>(
            "published project",
            PublishedProject::key,
            PublishedProject::grants,
            ProjectRight::implies,
            Map.of(ProjectRight.READ, "Read", ProjectRight.WRITE, "Write", ProjectRight.DEPLOY, "Deploy", ProjectRight.ADMIN, "Admin"));

    static final Secured<CodeEnv, CodeEnvRight> CODE_ENV = new Secured<>(
            "code env",
            CodeEnv::name,
            Secured::withOwner,
            CodeEnvRight::implies,
            Map.of(CodeEnvRight.USE, "Use", CodeEnvRight.UPDATE, "Update", CodeEnvRight.ADMIN, "Admin"));

    /** The owner of a code env has all rights on it (seed "Control Access to Code Environments"). */
    private static List<Grant<CodeEnvRight>> withOwner(CodeEnv codeEnv) {
        if (codeEnv.owner() == null) {
            return codeEnv.grants();
        }
        List<Grant<CodeEnvRight>> grants = new ArrayList<>(codeEnv.grants());
        grants.add(Grant.toUser(codeEnv.owner(), CodeEnvRight.ADMIN));
        return grants;
    }
}
