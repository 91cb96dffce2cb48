package io.jenkins.plugins.projectdeployer.jenkins.security;

import hudson.security.ACL;
import io.jenkins.plugins.projectdeployer.access.Access;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.ProjectRight;
import io.jenkins.plugins.projectdeployer.model.PublishedProject;
import io.jenkins.plugins.projectdeployer.model.ResourceRight;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** Whoever looks at a page, and what there is for them: the rest does not exist, in whatever words it is asked for. */
public final class Visitor {

    private static final Access ACCESS = new Access(new JenkinsPeople());

    private final Person person;

    private Visitor(Person person) {
        this.person = person;
    }

    /** The one whom the request on this thread comes from. */
    public static Visitor current() {
        return new Visitor(JenkinsPeople.current());
    }

    /** Lets nobody on who has not logged in; Jenkins asks them to, and then leads them back. */
    public static void requireLogin() {
        if (ACL.isAnonymous2(Jenkins.getAuthentication2())) {
            throw new AccessDeniedException(Messages.Visitor_login());
        }
    }

    /** Who they are, with the groups that their login or token has brought. */
    public Person person() {
        return person;
    }

    /** Whether they administer Jenkins. */
    public boolean administers() {
        return person.administrator();
    }

    /** The infrastructures on which they hold this right. */
    public List<Infrastructure> infrastructures(Configuration configuration, InfrastructureRight right) {
        return configuration.infrastructures().stream().filter(infrastructure -> may(infrastructure, right)).toList();
    }

    /** The infrastructure of this id; empty when there is none, or when they do not hold this right on it. */
    public Optional<Infrastructure> infrastructure(Configuration configuration, String id, InfrastructureRight right) {
        return configuration.infrastructure(id).filter(infrastructure -> may(infrastructure, right));
    }

    /** Whether they hold this right. */
    public boolean may(Infrastructure infrastructure, InfrastructureRight right) {
        return ACCESS.may(person, infrastructure, right).granted();
    }

    /** Whether they see what of this project is on the infrastructure. */
    public boolean sees(Infrastructure infrastructure, PublishedProject project) {
        return ACCESS.sees(person, infrastructure, project);
    }

    /** Whether they see the project. */
    public boolean sees(PublishedProject project) {
        return ACCESS.may(person, project, ProjectRight.READ).granted();
    }

    /** Whether hooks that they write may use the code env. */
    public boolean mayUse(CodeEnv codeEnv) {
        return ACCESS.may(person, codeEnv, ResourceRight.USE).granted();
    }
}
