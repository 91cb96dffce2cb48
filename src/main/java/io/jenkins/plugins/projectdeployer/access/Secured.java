package io.jenkins.plugins.projectdeployer.access;

import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.ResourceKind;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

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
            Map.of(InfrastructureRight.READ, "Read", InfrastructureRight.DEPLOY, "Deploy", InfrastructureRight.ADMIN, "Admin"));

    static final Secured<PublishedProject, ProjectRight> PROJECT = new Secured<>(
            "published project",
            PublishedProject::key,
            PublishedProject::grants,
            ProjectRight::implies,
            Map.of(ProjectRight.READ, "Read", ProjectRight.WRITE, "Write", ProjectRight.DEPLOY, "Deploy", ProjectRight.ADMIN, "Admin"));

    static final Secured<CodeEnv, ResourceRight> CODE_ENV = new Secured<>(
            ResourceKind.CODE_ENV.label(),
            CodeEnv::name,
            codeEnv -> codeEnv.resourceGrants().withOwner(),
            ResourceRight::implies,
            Arrays.stream(ResourceRight.values()).collect(Collectors.toMap(right -> right, ResourceKind.CODE_ENV::label)));

    /** The labels of those of these rights that no other of them implies. */
    List<String> highest(int rights, Class<R> all) {
        List<R> held = Arrays.stream(all.getEnumConstants()).filter(right -> (rights & GrantTable.bit(right)) != 0).toList();
        return held.stream()
                .filter(right -> held.stream().noneMatch(other -> other != right && implies.test(other, right)))
                .map(labels::get)
                .toList();
    }
}
