package io.jenkins.plugins.projectdeployer.web;

import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import java.util.List;

/** Takes changed grants of an infrastructure into the configuration, wherever that is kept. */
@FunctionalInterface
public interface InfrastructureGrants {

    /**
     * Changes them; whether the user administers the infrastructure has been checked.
     *
     * @param before the infrastructure that the change was made from
     * @throws io.jenkins.plugins.projectdeployer.model.Refused when the configuration cannot be changed from here, or when
     *     the infrastructure is no longer as it was
     */
    void change(String userId, Infrastructure before, List<Grant<InfrastructureRight>> grants);
}
