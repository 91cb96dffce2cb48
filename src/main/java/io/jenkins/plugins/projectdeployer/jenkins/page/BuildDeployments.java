package io.jenkins.plugins.projectdeployer.jenkins.page;

import hudson.model.BuildBadgeAction;
import hudson.model.Run;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.jenkins.config.ProjectDeployerConfiguration;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;

/**
 * What a build deployed where, on the build's own page: for each visitor what they may see of it. The build keeps the
 * numbers of its updates; what became of them is asked of the engine.
 */
public final class BuildDeployments implements BuildBadgeAction, RunAction2 {

    private final List<Long> updates = new ArrayList<>();

    private transient Run<?, ?> run;

    /** Notes that a build asked for an update; the same one as often as it likes. */
    public static void note(Run<?, ?> run, Update update) throws IOException {
        synchronized (run) {
            BuildDeployments deployments = run.getAction(BuildDeployments.class);
            if (deployments == null) {
                deployments = new BuildDeployments();
                run.addAction(deployments);
            }
            if (deployments.add(update.number())) {
                run.save();
            }
        }
    }

    /** The numbers of the updates that a build asked for. */
    public static List<Long> updatesOf(Run<?, ?> run) {
        BuildDeployments deployments = run.getAction(BuildDeployments.class);
        return deployments == null ? List.of() : deployments.numbers();
    }

    private synchronized boolean add(long number) {
        return !updates.contains(number) && updates.add(number);
    }

    private synchronized List<Long> numbers() {
        return List.copyOf(updates);
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    @Restricted(DoNotUse.class) // index.jelly
    public Run<?, ?> getRun() {
        return run;
    }

    /** No link where there is nothing to see. */
    @Override
    public String getIconFileName() {
        return inBrief().isEmpty() ? null : "symbol-cloud";
    }

    @Override
    public String getDisplayName() {
        return Messages.BuildDeployments_displayName();
    }

    @Override
    public String getUrlName() {
        return "project-deployments";
    }

    /** The updates that the visitor may see, in the order in which they were asked for. */
    @Restricted(DoNotUse.class) // index.jelly, summary.jelly
    public List<UpdateRow> getUpdates() {
        return rows(Records::update);
    }

    /** The same, as far as a list of builds shows it: it is asked for each build there, again and again. */
    private List<UpdateRow> inBrief() {
        return rows(Records::updateInBrief);
    }

    private List<UpdateRow> rows(BiFunction<Records, Long, Optional<Update>> read) {
        try {
            Visitor visitor = Visitor.current();
            Records records = Engine.get().records();
            Configuration configuration = ProjectDeployerConfiguration.get().configuration();
            return numbers().stream()
                    .flatMap(number -> read.apply(records, number).stream())
                    .filter(update -> sees(visitor, records, configuration, update))
                    .map(UpdateRow::new)
                    .toList();
        } catch (Refused e) {
            return List.of(); // neither the engine nor the configuration can be asked what may be shown
        }
    }

    /** Of an update that was refused before its project was known, Jenkins' administrators alone hear. */
    private static boolean sees(Visitor visitor, Records records, Configuration configuration, Update update) {
        Optional<Infrastructure> infrastructure = visitor.infrastructure(configuration, update.request().infrastructure(), InfrastructureRight.READ);
        return infrastructure.isPresent() && records.project(update.request().project()).map(visitor::sees).orElse(visitor.administers());
    }

    /** What somebody should look at, as one line; null when there is nothing. */
    @Restricted(DoNotUse.class) // badge.jelly
    public String getAlarm() {
        List<String> alarms = inBrief().stream()
                .filter(UpdateRow::isAlarming)
                .map(update -> Messages.BuildDeployments_alarm(update.getProject(), update.getInfrastructure(), update.getStatus()))
                .toList();
        return alarms.isEmpty() ? null : String.join("; ", alarms);
    }
}
