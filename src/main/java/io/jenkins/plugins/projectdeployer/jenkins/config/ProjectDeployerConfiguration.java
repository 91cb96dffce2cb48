package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.model.Failure;
import hudson.model.PersistentDescriptor;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.security.ApprovedHooks;
import io.jenkins.plugins.projectdeployer.jenkins.security.JenkinsPeople;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.Grant;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * All that administrators set up: {@code unclassified: projectDeployer:} as code, Manage Jenkins, Project Deployer as
 * pages. What either sets is a draft until it is saved as a whole, because one part refers to others. A draft with
 * something wrong in it is put back to what was saved last, so nobody ever deploys by half a configuration.
 */
@Extension
@Symbol("projectDeployer")
public final class ProjectDeployerConfiguration extends SharedSettings implements PersistentDescriptor {

    private static final Logger LOGGER = Logger.getLogger(ProjectDeployerConfiguration.class.getName());
    /** A change that is not saved after this time will not be saved at all: what it set is put back. */
    private static final long UNFINISHED_MILLIS = 10_000;

    /** Each has a file of its own. Older homes have them all here, where they are still read from. */
    private transient List<InfrastructureConfig> infrastructures;
    private List<String> infrastructureOrder;

    private final transient InfrastructureFiles files =
            new InfrastructureFiles(new File(Jenkins.get().getRootDir(), "project-deployer/infrastructures"));
    private final transient SharedFile shared = new SharedFile(WholeXml.file(getConfigFile().getFile()));
    /** Whether our own file still has the infrastructures in it. */
    private transient boolean together;
    /** Why nothing may be written, lest what is there be lost; null when all may. */
    private transient String blocked;
    private transient volatile Configuration saved;
    private transient volatile Refused problem;
    /** The unfinished change that the fields stand for; null when they are what was saved. */
    private transient BulkChange draftOf;
    private transient Thread draftBy;
    /** Changes that took too long, by who made them: what they had set was put back, so they must not go on with the rest. */
    private final transient Map<Thread, BulkChange> givenUp = new WeakHashMap<>();

    /** The one of this Jenkins. */
    public static ProjectDeployerConfiguration get() {
        return ExtensionList.lookupSingleton(ProjectDeployerConfiguration.class);
    }

    /**
     * What was saved last.
     *
     * @throws Refused when something is wrong on disk; it does not say what, which names other people's infrastructures
     */
    public Configuration configuration() {
        if (problem != null) {
            throw new Refused(Refused.Reason.UNAVAILABLE, Messages.ProjectDeployerConfiguration_unusable());
        }
        return saved;
    }

    /** What was saved last, however it is on disk now: for forms, in which that may be mended. */
    Configuration lastKnown() {
        Configuration last = saved;
        return last == null ? Configuration.EMPTY : last;
    }

    /** What is wrong on disk; null when nothing is. For administrators. */
    public String getProblem() {
        Refused wrong = problem;
        return wrong == null ? null : wrong.getMessage();
    }

    /** Does something by what was saved last while nobody changes it; does nothing when what is on disk cannot be used. */
    synchronized void ifUsable(Consumer<Configuration> use) {
        if (problem == null) {
            use.accept(saved);
        }
    }

    @Override
    public synchronized void load() {
        shared.readInto(this, this::forget);
        List<InfrastructureConfig> old = ConfigPart.shown(infrastructures);
        together = infrastructures != null;
        infrastructures = files.read(ConfigPart.shown(infrastructureOrder));
        if (!files.isEmpty()) {
            shared.neededByInfrastructures();
        }
        old.stream().filter(one -> infrastructure(one.getId()).isEmpty()).forEach(infrastructures::add);
        blocked = shared.lost() != null ? shared.lost() : together ? files.problem() : files.lost();
        problem = unusable(blocked != null ? blocked : files.problem());
        try {
            if (blocked == null) {
                Configuration read = ConfigurationCheck.checked(toModel());
                files.hold(infrastructures);
                shared.hold(together ? null : sharedState());
                saved = read;
                if (together) {
                    write();
                }
            }
        } catch (Refused | IllegalArgumentException e) {
            problem = unusable(shared.name() + ": " + e.getMessage());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The infrastructures could not be given a file each; the next change tries again", e);
        }
        if (problem != null) {
            LOGGER.log(Level.SEVERE, problem.getMessage());
        }
    }

    private static Refused unusable(String reason) {
        return reason == null ? null : Refused.invalid(Messages.ProjectDeployerConfiguration_wrong(reason));
    }

    /**
     * Checks the draft as a whole and writes what of it has changed.
     *
     * @throws Failure when something is wrong in it; the draft is gone then
     */
    @Override
    public synchronized void save() {
        if (BulkChange.contains(this)) {
            return;
        }
        if (blocked != null) {
            refuse();
            return;
        }
        if (givenUp.remove(Thread.currentThread()) != null) {
            throw new Failure(Messages.ProjectDeployerConfiguration_givenUp());
        }
        Configuration before = saved;
        try {
            Configuration checked = ConfigurationCheck.checked(toModel());
            write();
            saved = checked;
            problem = unusable(files.problem());
            finished();
        } catch (Refused | IllegalArgumentException e) {
            putBack();
            throw new Failure(e.getMessage());
        } catch (IOException e) {
            putBack();
            if (problem == null && !saved.equals(before)) {
                problem = unusable(Messages.ProjectDeployerConfiguration_inPart());
            }
            throw new UncheckedIOException("The Project Deployer's configuration could not be saved", e);
        }
        ApprovedHooks.request(before, saved);
        Engine.configurationSaved(JenkinsPeople.inPerson());
    }

    /** Code must not keep Jenkins from starting: what it sets is there to be saved by somebody then, and nothing is deployed. */
    private void refuse() {
        if (Jenkins.get().getInitLevel() == InitMilestone.COMPLETED) {
            String reason = problem.getMessage();
            putBack();
            throw new Failure(reason);
        }
        finished();
        LOGGER.log(Level.SEVERE, "What code defines is not saved. {0}", problem.getMessage());
    }

    /**
     * What is shared comes first: an infrastructure may need a stage that is new, and what no longer needs one follows. Only
     * when that takes the infrastructures out of our own file, theirs must be there before.
     */
    private void write() throws IOException {
        infrastructureOrder = ConfigPart.kept(getInfrastructures().stream().map(InfrastructureConfig::getId).toList());
        try (ChangeOnDisk change = new ChangeOnDisk(this)) {
            if (together) {
                files.put(change, getInfrastructures());
            }
            shared.put(change, this, sharedState());
            if (!together) {
                files.put(change, getInfrastructures());
            }
            change.commit();
        }
        together = false;
    }

    private String sharedState() {
        return Revision.of(shared()) + ConfigPart.shown(infrastructureOrder);
    }

    private void putBack() {
        finished();
        load();
    }

    private void finished() {
        draftOf = null;
        draftBy = null;
        notifyAll();
    }

    @Override
    void forget() {
        super.forget();
        infrastructures = null;
        infrastructureOrder = null;
    }

    /** Nothing: our part of Manage Jenkins, System is empty; without this its save would still look for one. */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) {
        return true;
    }

    public List<InfrastructureConfig> getInfrastructures() {
        return ConfigPart.shown(infrastructures);
    }

    /** What code defines; what pages own stays. Pages themselves add, replace and remove one at a time. */
    @DataBoundSetter
    public void setInfrastructures(List<InfrastructureConfig> infrastructures) {
        draft(() -> this.infrastructures = CodeOverPages.merged(ConfigPart.kept(infrastructures), getInfrastructures(), files::isUnreadable));
    }

    /** The infrastructure of this id, ignoring case. */
    Optional<InfrastructureConfig> infrastructure(String id) {
        return getInfrastructures().stream().filter(candidate -> candidate.is(id)).findFirst();
    }

    /** Sets all that is shared, to be checked and saved as one, or not at all. Where that was lost, this begins anew. */
    synchronized void change(Consumer<ProjectDeployerConfiguration> changes) {
        try (BulkChange bulk = new BulkChange(this)) {
            draft();
            changes.accept(this);
            if (shared.lost() != null && files.lost() == null) {
                shared.beginAnew();
                blocked = null;
            }
            bulk.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (draftOf != null && draftBy == Thread.currentThread()) {
                putBack();
            }
        }
    }

    /** Adds an infrastructure of a new id. The caller has checked the right to. */
    synchronized void add(InfrastructureConfig added) {
        edit(all -> all.add(added));
    }

    /**
     * Puts an infrastructure in the place of the one with its id. The caller has checked the right to.
     *
     * @param check may refuse, looking at what is there now
     */
    synchronized void replace(InfrastructureConfig changed, Consumer<InfrastructureConfig> check) {
        draft();
        check.accept(infrastructure(changed.getId()).orElseThrow(() -> new Failure(Messages.InfrastructurePage_gone(changed.getId()))));
        edit(all -> all.replaceAll(candidate -> candidate.is(changed.getId()) ? changed : candidate));
    }

    /**
     * Changes who may do what on an infrastructure. The caller has checked the right to.
     *
     * @param before the infrastructure as it was when somebody decided on the change
     * @throws Refused when it is defined by code, or no longer as it was
     */
    public synchronized void changeGrants(Infrastructure before, List<Grant<InfrastructureRight>> grants) {
        draft();
        InfrastructureConfig current = infrastructure(before.id())
                .orElseThrow(() -> Refused.notFound("infrastructure", before.id()));
        if (current.isByCode()) {
            throw Refused.conflict(Messages.ProjectDeployerConfiguration_byCode(before.id()));
        }
        if (!current.toModel().equals(before)) {
            throw Refused.conflict(Messages.ProjectDeployerConfiguration_changed(before.id()));
        }
        try {
            replace(current.granting(grants.stream().map(InfrastructureGrantConfig::of).toList()), there -> {});
        } catch (Failure e) {
            throw Refused.invalid(e.getMessage());
        }
    }

    /** Takes an infrastructure out. The caller has checked the right to. */
    synchronized void remove(String id) {
        edit(all -> all.removeIf(candidate -> candidate.is(id)));
    }

    private void edit(Consumer<List<InfrastructureConfig>> edit) {
        draft();
        List<InfrastructureConfig> all = new ArrayList<>(getInfrastructures());
        edit.accept(all);
        infrastructures = all;
        save();
    }

    @Override
    synchronized void draft(Runnable change) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        draft();
        change.run();
        save();
    }

    /** Begins or goes on with a draft; one that another change left unfinished is put back first. */
    private void draft() {
        BulkChange before = givenUp.get(Thread.currentThread());
        if (before != null && before == BulkChange.current()) {
            throw new Failure(Messages.ProjectDeployerConfiguration_givenUp());
        }
        givenUp.remove(Thread.currentThread());
        awaitOthers();
        if (draftOf != null && draftOf != BulkChange.current()) {
            putBack();
        }
        draftOf = BulkChange.current();
        draftBy = draftOf == null ? null : Thread.currentThread();
    }

    /**
     * Waits, not for long, for somebody who is in the middle of a change: of two at once neither takes the other in half. A change
     * that is waited for in vain is put back.
     */
    synchronized void awaitOthers() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(UNFINISHED_MILLIS);
        while (draftOf != null && draftBy != Thread.currentThread() && draftBy.isAlive() && System.nanoTime() < until) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, until - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure(Messages.ProjectDeployerConfiguration_interrupted());
            }
        }
        if (draftOf != null && draftBy != Thread.currentThread()) {
            givenUp.put(draftBy, draftOf);
            putBack();
        }
    }

    private Configuration toModel() {
        return with(infrastructures);
    }
}
