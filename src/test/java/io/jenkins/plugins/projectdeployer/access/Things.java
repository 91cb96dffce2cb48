package io.jenkins.plugins.projectdeployer.access;

import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Things to ask about. */
final class Things {

    private Things() {}

    static Infrastructure infrastructure(String id, List<Grant<InfrastructureRight>> grants) {
        return new Infrastructure(id, "Production", List.of(new NodeAddress("https://prod.example.com:10000", "key")), null,
                grants, null, null, null, null, null, null, null);
    }

    static PublishedProject project(String key, List<Grant<ProjectRight>> grants) {
        return new PublishedProject(key, "carol", Instant.EPOCH, grants);
    }

    static Person person(String id, String... groups) {
        return new Person(id, Set.of(groups), false);
    }
}
