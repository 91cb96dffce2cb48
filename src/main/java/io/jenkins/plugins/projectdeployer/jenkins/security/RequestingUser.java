package io.jenkins.plugins.projectdeployer.jenkins.security;

import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Wildcard;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.springframework.security.core.Authentication;

/**
 * Who asks when a build asks. Builds run as SYSTEM by default, which may do everything, so somebody has to be found who
 * may be held to their own rights.
 */
public final class RequestingUser {

    /** The {@code build} step's cause. Named, so that its plugin need not be there. */
    private static final String BUILD_STEP_CAUSE = "org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause";

    private RequestingUser() {}

    /**
     * Whoever a build deploys for; each of them must hold the rights, the first is the requesting user. It is the
     * build's own authentication where it has one. Else it is whoever started this run: a replay or restart counts as
     * its starter, and two who pressed Build within the quiet period both count.
     *
     * <p>A plain upstream cause proves nothing, because whoever may write the downstream job can have it at will. The
     * {@code build} step's counts where the infrastructure allows the job; its chain leads to the run that a person started,
     * through {@code build} steps alone and not cut short.
     *
     * <p>A run that a timer, a push or a token has started deploys for the technical user whom an administrator has named for
     * its job. Not so the run of a change request: whoever sends one would deploy.
     *
     * @param authentication of the step's own thread
     * @param allowedJobs full-name patterns of jobs that may deploy there on behalf of the run that called them
     * @param technicalUser for whom this job deploys when no person has started it
     * @throws Refused when nobody can be held to it
     */
    public static List<String> of(
            Run<?, ?> run, Authentication authentication, List<String> allowedJobs, Optional<String> technicalUser) {
        return of(run, authentication, allowedJobs, technicalUser, Messages.RequestingUser_notAllowed(run.getParent().getFullName()));
    }

    /**
     * The same of a build that publishes a bundle. That goes to no infrastructure, so none can allow the job: who called it by the
     * {@code build} step does not count.
     */
    public static List<String> ofPublication(Run<?, ?> run, Authentication authentication, Optional<String> technicalUser) {
        return of(run, authentication, List.of(), technicalUser, Messages.RequestingUser_publication());
    }

    /** @param called what to do where a {@code build} step has called a job that may not deploy for the caller */
    private static List<String> of(
            Run<?, ?> run, Authentication authentication, List<String> allowedJobs, Optional<String> technicalUser, String called) {
        if (JenkinsPeople.isSomebody(authentication.getName())) {
            return List.of(authentication.getName());
        }
        Map<String, String> starters = new LinkedHashMap<>();
        boolean jobAllowed = allowedJobs.stream().anyMatch(pattern -> Wildcard.matches(pattern, run.getParent().getFullName()));
        if (jobAllowed) {
            collect(run.getCauses(), run, starters);
        } else {
            run.getCauses().forEach(cause -> add(cause, starters));
        }
        if (starters.isEmpty() && technicalUser.isPresent() && nobodyPretends(run) && !isChangeRequest(run)) {
            return List.of(technicalUser.get());
        }
        if (starters.isEmpty()) {
            throw new Refused(Refused.Reason.FORBIDDEN, nobody(run, jobAllowed ? null : called));
        }
        return List.copyOf(starters.values());
    }

    /**
     * Everybody who had a hand in starting a run, up all chains of causes, believed or not: nobody gets a right by being
     * among them, and whoever is may not approve what the run deploys.
     */
    public static List<String> startersOf(List<Cause> causes) {
        Set<String> starters = new LinkedHashSet<>();
        for (Cause cause : causes) {
            if (cause instanceof Cause.UpstreamCause upstream) {
                starters.addAll(startersOf(upstream.getUpstreamCauses()));
            } else if (cause instanceof Cause.UserIdCause user && JenkinsPeople.isSomebody(user.getUserId())) {
                starters.add(user.getUserId());
            }
        }
        return List.copyOf(starters);
    }

    /**
     * Goes up the chain as it was recorded when the run was called. Only the copy of a chain's first link says that it
     * was the {@code build} step; of the others the calling run itself says so.
     */
    private static void collect(List<Cause> recorded, Run<?, ?> run, Map<String, String> starters) {
        for (Cause cause : recorded) {
            if (cause instanceof Cause.UpstreamCause upstream && run != null && wasCalled(run, upstream)) {
                collect(upstream.getUpstreamCauses(), upstream.getUpstreamRun(), starters);
            } else if (cause instanceof Cause.UpstreamCause.DeeplyNestedUpstreamCause) {
                throw new Refused(Refused.Reason.FORBIDDEN, Messages.RequestingUser_tooDeep());
            } else {
                add(cause, starters);
            }
        }
    }

    private static void add(Cause cause, Map<String, String> starters) {
        if (cause instanceof Cause.UserIdCause user && JenkinsPeople.isSomebody(user.getUserId())) {
            starters.putIfAbsent(Jenkins.get().getSecurityRealm().getUserIdStrategy().keyFor(user.getUserId()), user.getUserId());
        }
    }

    private static boolean wasCalled(Run<?, ?> run, Cause.UpstreamCause by) {
        return run.getCauses().stream()
                .filter(RequestingUser::isBuildStep)
                .map(Cause.UpstreamCause.class::cast)
                .anyMatch(cause -> cause.getUpstreamProject().equals(by.getUpstreamProject())
                        && cause.getUpstreamBuild() == by.getUpstreamBuild());
    }

    /** A timer, a push, a token: something that needs no person, rather than one who cannot be known. */
    private static boolean nobodyPretends(Run<?, ?> run) {
        return !run.getCauses().isEmpty()
                && run.getCauses().stream()
                        .noneMatch(cause -> cause instanceof Cause.UserIdCause || cause instanceof Cause.UpstreamCause);
    }

    private static boolean isChangeRequest(Run<?, ?> run) {
        return SCMHead.HeadByItem.findHead(run.getParent()) instanceof ChangeRequestSCMHead;
    }

    private static boolean isBuildStep(Cause cause) {
        return cause.getClass().getName().equals(BUILD_STEP_CAUSE);
    }

    private static String nobody(Run<?, ?> run, String called) {
        String started = String.join("; ", run.getCauses().stream().map(Cause::getShortDescription).toList());
        return Messages.RequestingUser_nobody(started.isEmpty() ? Messages.RequestingUser_noCause() : started, whatToDo(run, called));
    }

    private static String whatToDo(Run<?, ?> run, String called) {
        if (called != null && run.getCauses().stream().anyMatch(RequestingUser::isBuildStep)) {
            return called;
        }
        return isChangeRequest(run) ? Messages.RequestingUser_changeRequest() : Messages.RequestingUser_start(run.getParent().getFullName());
    }
}
