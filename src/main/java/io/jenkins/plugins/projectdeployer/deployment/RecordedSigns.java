package io.jenkins.plugins.projectdeployer.deployment;

import io.jenkins.plugins.projectdeployer.model.Deployment;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Phase;
import io.jenkins.plugins.projectdeployer.model.Update;
import io.jenkins.plugins.projectdeployer.model.UpdateStatus;
import io.jenkins.plugins.projectdeployer.store.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a deployment's own updates say of its health, without a look at any node. */
final class RecordedSigns {

    /** How many updates that changed nothing are looked through for one that should have. */
    private static final int ATTEMPTS = 16;

    private final Records records;

    RecordedSigns(Records records) {
        this.records = records;
    }

    /** The last update that began to change the nodes. */
    Optional<Update> lastAtWork(Deployment deployment) {
        long number = records.past(deployment.id()).lastAtWork();
        return number == 0 ? Optional.empty() : records.update(number);
    }

    /** What the updates say; {@code lastAtWork} is this deployment's. */
    List<Sign> of(Deployment deployment, Optional<Update> lastAtWork) {
        List<Sign> signs = new ArrayList<>();
        lastAtWork.ifPresent(update -> atWork(update, signs));
        // What a refused update wanted does not matter, unless it is what the deployment is to be.
        if (lastAtWork.isEmpty() || isOtherNow(deployment, lastAtWork.get())) {
            failedAttempt(deployment, lastAtWork.map(Update::number).orElse(0L))
                    .ifPresent(attempt -> failed(attempt, Health.Level.ERROR, signs));
        }
        return signs;
    }

    private static void atWork(Update update, List<Sign> signs) {
        switch (update.status()) {
            case SUCCESS -> { }
            case ROLLED_BACK -> {
                // Whoever did not ask for going back may look at nothing but the health, as Dataiku's scripts do.
                if (update.plan() != null && update.request().onFailure() == null) {
                    failed(update, Health.Level.ERROR, signs);
                }
            }
            case WARNING -> said(update, Message.Severity.WARNING).forEach(message -> signs.add(new Sign(Health.Level.WARNING, message)));
            // Its bundle stands when nothing but a post-deployment hook failed (facts A5.10).
            default -> failed(update, update.isDeployed() && onlyPostHooksFailed(update) ? Health.Level.WARNING : Health.Level.ERROR, signs);
        }
        if (update.status() == UpdateStatus.WARNING && signs.isEmpty()) {
            signs.add(new Sign(Health.Level.WARNING, Message.warning("UPDATE_WARNED", "Update " + update.number() + " ended with a"
                    + " warning.")));
        }
    }

    private static boolean onlyPostHooksFailed(Update update) {
        return update.status() == UpdateStatus.FAILED && update.phases().stream()
                .filter(run -> run.outcome() == Update.Outcome.FAILED)
                .allMatch(run -> run.phase() == Phase.POST_HOOKS);
    }

    private static void failed(Update update, Health.Level level, List<Sign> signs) {
        List<Message> why = said(update, Message.Severity.ERROR);
        signs.add(new Sign(level, Message.error("UPDATE_FAILED", "Update " + update.number() + " by "
                + Ids.printable(update.request().requestingUser()) + " ended "
                + update.status() + untilWhen(update) + (why.isEmpty() ? "." : ":"))));
        why.forEach(message -> signs.add(new Sign(level, message)));
    }

    /** Its bundle is active no more, so whoever reads of an error would look for it in vain. */
    private static String untilWhen(Update update) {
        return update.status() == UpdateStatus.ROLLED_BACK
                ? ", as the deployment's settings ask for; it counts as an error until an update ends well" : "";
    }

    private static List<Message> said(Update update, Message.Severity least) {
        return update.allMessages().stream().filter(message -> message.severity().compareTo(least) >= 0).toList();
    }

    /** Whether bundle or settings were changed since that update carried them out. */
    static boolean isOtherNow(Deployment deployment, Update update) {
        if (update.status() == UpdateStatus.ROLLED_BACK) {
            // What it left is what was there before it; the deployment went back with it.
            Deployment before = update.wayBack() == null ? null : update.wayBack().deployment();
            return before != null && !(Objects.equals(before.bundleId(), deployment.bundleId()) && before.settings().bringsTheSameAs(deployment.settings()));
        }
        return update.bundleId() != null && !update.bundleId().equals(deployment.bundleId())
                || update.plan() != null && !update.plan().deployment().settings().bringsTheSameAs(deployment.settings());
    }

    /** The last update that was allowed to begin and ended before it changed anything, other than as a dry run. */
    private Optional<Update> failedAttempt(Deployment deployment, long after) {
        return records.history(deployment)
                .takeWhile(update -> update.number() > after)
                .limit(ATTEMPTS)
                .filter(update -> update.endedAt() != null)
                .filter(update -> !update.request().dryRun() && update.isDone(Phase.AUTHORIZE))
                .findFirst()
                .filter(update -> update.status() == UpdateStatus.FAILED || update.status() == UpdateStatus.ABORTED);
    }
}
