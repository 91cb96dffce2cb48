package io.jenkins.plugins.projectdeployer.takeover;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.access.Person;
import io.jenkins.plugins.projectdeployer.deployment.Publisher;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.DataikuDeployer;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.node.http.NodeException;
import io.jenkins.plugins.projectdeployer.node.http.NodeHttp;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Coming from a Dataiku Deployer, for those who administer Jenkins. The other deployer is read and never changed. */
public final class TakeOver {

    /** For all calls of a reading. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final People people;
    private final Records records;
    private final Function<NodeAddress, NodeHttp> deployers;
    private final Adoption adoption;

    /**
     * @param deployers the way to another deployer
     * @param nodes the way to a node of ours, by its name and address
     */
    public TakeOver(
            Supplier<Configuration> configuration,
            People people,
            Records records,
            Publisher publisher,
            Function<NodeAddress, NodeHttp> deployers,
            BiFunction<String, NodeAddress, NodeHttp> nodes,
            Clock clock) {
        this.people = people;
        this.records = records;
        this.deployers = deployers;
        adoption = new Adoption(configuration, records, publisher, nodes, clock);
    }

    /**
     * What another deployer has.
     *
     * @param yaml configuration as code, to be looked through and loaded
     */
    public record Reading(DeployerContents contents, String yaml) {}

    /**
     * A deployment that was taken over.
     *
     * @param published whether its bundle is here
     * @param said what somebody should know of it
     */
    public record Adopted(Deployment deployment, boolean published, List<String> said) {

        public Adopted {
            said = List.copyOf(said);
        }
    }

    /**
     * Reads all there is.
     *
     * @throws Refused in one sentence, whatever the other side answers
     */
    public Reading read(String userId, NodeAddress source) {
        return read(userId, source, Cancellation.after(LIMIT));
    }

    Reading read(String userId, NodeAddress source, Cancellation limit) {
        administrator(userId);
        try {
            DataikuDeployer deployer = deployer(source).watching(limit);
            requireDeployer(deployer);
            DeployerContents contents = ReadDeployer.all(deployer);
            return new Reading(contents, ConfigurationYaml.of(source.url(), contents));
        } catch (NodeException e) {
            if (e.kind() == NodeException.Kind.CANCELLED && limit.isCancelled()) {
                throw new Refused(Refused.Reason.UNAVAILABLE, "The other deployer did not tell all within " + LIMIT.toMinutes()
                        + " minutes: try again when it has less to do.");
            }
            throw refused(e);
        }
    }

    /** Whether a deployment of another deployer is here by now. */
    public boolean isHere(ForeignDeployment wanted) {
        return records.deployment(wanted.id())
                .filter(deployment -> deployment.projectKey().equals(wanted.projectKey())
                        && deployment.infrastructureId().equalsIgnoreCase(wanted.infrastructureId()))
                .isPresent();
    }

    /**
     * Makes a deployment of another deployer ours, with its bundle, and touches no node.
     *
     * @param sourceId what it is called there
     */
    public Adopted adopt(String userId, NodeAddress source, String sourceId) throws IOException {
        Person person = administrator(userId);
        try {
            DataikuDeployer deployer = deployer(source);
            return adoption.adopt(person.id(), deployer, source.url(), ReadDeployer.one(deployer, sourceId));
        } catch (NodeException e) {
            throw refused(e);
        }
    }

    /** A node of another kind answers too, and what stands before it. */
    private static void requireDeployer(DataikuDeployer deployer) throws NodeException {
        try {
            deployer.stages();
        } catch (NodeException e) {
            switch (e.kind()) {
                case NOT_FOUND, REFUSED, UNEXPECTED, REDIRECT ->
                    throw Refused.invalid("What is at that URL does not answer as a Project Deployer: " + e.getMessage());
                default -> throw e;
            }
        }
    }

    private Person administrator(String userId) {
        Person person = people.person(userId);
        if (!person.administrator()) {
            throw new Refused(Refused.Reason.FORBIDDEN, "Coming from a Dataiku Deployer is for those who administer Jenkins.");
        }
        return person;
    }

    private DataikuDeployer deployer(NodeAddress source) {
        if (source.url() == null || source.credentialsId() == null) {
            throw Refused.invalid("Name the deployer's url, and in credentialsId the Secret text that holds a key for it.");
        }
        try {
            return new DataikuDeployer(deployers.apply(source));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(Ids.oneLine(e.getMessage()));
        }
    }

    private static Refused refused(NodeException e) {
        Refused.Reason reason = switch (e.kind()) {
            case FORBIDDEN, UNAUTHORIZED -> Refused.Reason.FORBIDDEN;
            case INVALID, NO_KEY -> Refused.Reason.INVALID;
            case NOT_FOUND -> Refused.Reason.NOT_FOUND;
            default -> Refused.Reason.UNAVAILABLE;
        };
        return new Refused(reason, e.getMessage());
    }
}
