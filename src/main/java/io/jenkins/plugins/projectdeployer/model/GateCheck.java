package io.jenkins.plugins.projectdeployer.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is wrong with the gates of stages, each in one sentence. */
final class GateCheck {

    private final List<String> problems = new ArrayList<>();
    private final String where;
    private final StageGate gate;
    private final List<Infrastructure> infrastructures;

    private GateCheck(Stage stage, List<Infrastructure> infrastructures) {
        this.infrastructures = infrastructures;
        where = "stage \"" + Ids.printable(stage.name()) + "\": gate: ";
        gate = stage.gate();
    }

    /** All that is wrong, stage by stage. */
    static List<String> problems(List<Stage> stages, List<Infrastructure> infrastructures) {
        List<String> all = new ArrayList<>();
        Set<String> earlier = new HashSet<>();
        for (Stage stage : stages) {
            GateCheck check = new GateCheck(stage, infrastructures);
            check.approvals();
            check.promotion(earlier);
            check.freezes();
            check.webhooks();
            all.addAll(check.problems);
            earlier.add(stage.name());
        }
        return all;
    }

    private void approvals() {
        if (gate.approvals() < 0) {
            add("approvals " + gate.approvals() + " must be at least 0");
        } else if (gate.approvals() > 0 && gate.approvers().isEmpty()) {
            add("approvals " + gate.approvals() + " are asked for, but approvers is empty; name groups or users");
        } else if (gate.approvals() == 0 && !gate.approvers().isEmpty()) {
            add("approvers are named, but approvals is 0; ask for one at least, or name nobody");
        }
        Set<String> users = new HashSet<>();
        gate.approvers().stream().filter(approver -> !approver.isGroup())
                .forEach(user -> users.add(user.user().toLowerCase(Locale.ROOT)));
        if (gate.approvers().stream().noneMatch(Principal::isGroup) && !users.isEmpty() && users.size() < gate.approvals()) {
            add("approvals " + gate.approvals() + " can never be reached by " + Amount.of(users.size(), "user") + "; name more, or a group");
        }
        atLeastASecond("excludeEditorsWithin", gate.excludeEditorsWithin());
        atLeastASecond("timeLimit", gate.timeLimit());
    }

    private void promotion(Set<String> earlier) {
        if (gate.promoteFrom() != null && !earlier.contains(gate.promoteFrom())) {
            add("promoteFrom \"" + Ids.printable(gate.promoteFrom()) + "\" is none of the stages before this one");
        }
        if (gate.promoteFrom() == null && gate.promoteAfter() != null) {
            add("promoteAfter " + gate.promoteAfter() + " says nothing without promoteFrom");
        }
        atLeastASecond("promoteAfter", gate.promoteAfter());
    }

    private void freezes() {
        Set<String> names = new HashSet<>();
        for (Freeze freeze : gate.freezes()) {
            String problem = FreezeTimes.problem(freeze);
            if (problem != null) {
                add("freeze \"" + Ids.printable(freeze.name()) + "\": " + problem);
            } else if (!names.add(freeze.name().toLowerCase(Locale.ROOT))) {
                add("freeze \"" + Ids.printable(freeze.name()) + "\" is there twice");
            }
            freeze.infrastructures().stream().filter(named -> !named.contains("*") && !isConfigured(named)).forEach(named ->
                    add("freeze \"" + Ids.printable(freeze.name()) + "\": infrastructure \"" + Ids.printable(named)
                            + "\" is not there, so nothing would be held; write the id of one that is, or a pattern with *"));
        }
    }

    private boolean isConfigured(String id) {
        return infrastructures.stream().anyMatch(infrastructure -> id.equalsIgnoreCase(infrastructure.id()));
    }

    private void webhooks() {
        for (GateWebhook webhook : gate.webhooks()) {
            if (webhook.url() == null || ConfigurationCheck.externalUrlProblem(webhook.url().replaceFirst("[?].*", "")) != null) {
                add("webhook url \"" + Ids.printable(webhook.url()) + "\" must begin with http:// or https:// and a host");
            }
            if (webhook.credentialsId() == null) {
                add("webhook \"" + Ids.printable(webhook.url()) + "\" has no credentialsId; name the Secret text that signs its messages");
            }
        }
    }

    private void atLeastASecond(String field, Span span) {
        if (span != null && span.duration().toSeconds() < 1) {
            add(field + " " + span + " must be at least 1s");
        }
    }

    private void add(String problem) {
        problems.add(where + problem);
    }
}
