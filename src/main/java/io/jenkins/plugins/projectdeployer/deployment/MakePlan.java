package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.access.People;
import io.jenkins.plugins.projectdeployer.model.Bundle;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateEvent;
import io.jenkins.plugins.projectdeployer.node.http.Cancellation;
import io.jenkins.plugins.projectdeployer.store.DeploymentPast;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;

/** Makes the plan and freezes it; a plan with errors fails here, with all of them at once. */
final class MakePlan implements PhaseAction {

    private final Supplier<Configuration> configuration;
    private final People people;
    private final Records records;
    private final Planner planner;
    private final TargetProjects targets;
    private final WarmHooks hooks;
    private final ReportedResources reported;
    private final Clock clock;

    MakePlan(
            Supplier<Configuration> configuration,
            People people,
            Records records,
            Planner planner,
            TargetProjects targets,
            WarmHooks hooks,
            ReportedResources reported,
            Clock clock) {
        this.configuration = configuration;
        this.people = people;
        this.records = records;
        this.planner = planner;
        this.targets = targets;
        this.hooks = hooks;
        this.reported = reported;
        this.clock = clock;
    }

    @Override
    public Update.Outcome run(UpdateRun run) throws PhaseFailed {
        if (run.plan() == null) {
            Plan made = anew(run.update(), run.cancellation());
            if (run.cancellation().isLeaving()) {
                // It may say of a node only that nobody waited for it: the next start plans anew.
                throw new PhaseFailed("CANCELLED", "The controller stops; the plan is made anew when it starts.");
            }
            run.record(new UpdateEvent.Planned(made));
        }
        Plan plan = run.plan();
        show(run);
        if (plan.hasErrors()) {
            throw new PhaseFailed(plan.messages().stream()
                    .filter(message -> message.severity() == Message.Severity.ERROR)
                    .toList());
        }
        if (!run.update().request().dryRun()) {
            hooks.of(plan);
        }
        return Update.Outcome.DONE;
    }

    private Bundle bundle(Update update) {
        return records.bundle(update.request().project(), update.bundleId())
                .orElseThrow(() -> Refused.notFound("bundle", update.bundleId()));
    }

    /** The plan as it is at this moment; recorded nowhere. */
    Plan anew(Update update, Cancellation cancellation) {
        return planner.plan(input(update),
                new HttpNodeReader((name, address) -> targets.http(name, address).watching(cancellation),
                        (address, node, resources, people) ->
                                reported.add(update.request().infrastructure(), address, node, resources, people)));
    }

    /** Prints the plan into the build log. */
    void show(UpdateRun run) {
        PlanTable.lines(run.plan(), bundle(run.update()).contents()).forEach(run::progress);
    }

    private PlanInput input(Update update) {
        DeployRequest request = update.request();
        Configuration now = configuration.get();
        Infrastructure infrastructure = now.infrastructure(request.infrastructure())
                .orElseThrow(() -> Refused.notFound("infrastructure", request.infrastructure()));
        RollBackTarget back = request.rollBackOf() == null ? null : RollBackTarget.of(update, records);
        // Read before it is asked whose deployment has the id: what was another's is refused then.
        DeploymentPast past = records.past(update.deploymentId());
        Set<String> sentTo = records.sentTo(update.deploymentId(), update.bundleSha256());
        return new PlanInput(
                request,
                request.requestedBy().stream().map(people::person).toList(),
                wanted(update, infrastructure, back),
                past,
                sentTo,
                bundle(update),
                now,
                infrastructure,
                back == null ? null : back.wayBack());
    }

    /** A roll back wants what the deployment was before the update that it undoes. */
    private Deployment wanted(Update update, Infrastructure infrastructure, RollBackTarget back) {
        if (back != null && back.wayBack().deployment() != null) {
            Deployment then = back.wayBack().deployment();
            return then.with(back.bundleId(), Targets.deployment(update, records)
                    .map(now -> then.settings().beside(now.settings())).orElse(then.settings()));
        }
        return WantedDeployment.of(update.request(), update.deploymentId(), Targets.deployment(update, records),
                infrastructure, update.bundleId(), clock.instant());
    }
}
