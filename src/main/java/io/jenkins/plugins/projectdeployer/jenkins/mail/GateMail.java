package io.jenkins.plugins.projectdeployer.jenkins.mail;

import hudson.Extension;
import hudson.PluginWrapper;
import io.jenkins.plugins.projectdeployer.gate.GateNews;
import io.jenkins.plugins.projectdeployer.gate.Notifier;
import io.jenkins.plugins.projectdeployer.jenkins.Engine;
import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.Ids;
import jenkins.model.Jenkins;

/**
 * Mails requests to those who may decide on them and outcomes to those who asked, one message to each person, so that
 * nobody learns who else is told. Does nothing where Jenkins' mailer is not installed.
 */
@Extension
public final class GateMail implements Notifier {

    @Override
    public void tell(GateNews news) throws Exception {
        if (!isMailerThere()) {
            return;
        }
        Round.of(Recipients.of(news, Engine.get().approvals()), address -> Post.send(address, subject(news), body(news)));
    }

    private static boolean isMailerThere() {
        PluginWrapper mailer = Jenkins.get().getPluginManager().getPlugin("mailer");
        return mailer != null && mailer.isActive();
    }

    static String subject(GateNews news) {
        ApprovalRequest request = news.request();
        if (request == null) {
            return "Broken glass: " + Ids.printable(news.glass().project()) + " on " + news.glass().infrastructure();
        }
        return verb(news.kind()) + ": " + Ids.printable(request.project()) + " " + Ids.printable(request.bundle()) + " on "
                + request.infrastructure() + " (update " + request.update() + ")";
    }

    private static String verb(GateNews.Kind kind) {
        return switch (kind) {
            case REQUESTED -> "Approval asked for";
            case CHANGED -> "Approval asked for anew";
            case APPROVED -> "Approved by one";
            case REJECTED -> "Rejected";
            case PASSED -> "Goes on";
            case EXPIRED -> "Time limit passed";
            case FREEZE_OVERRIDDEN -> "Freeze overridden";
            case GLASS_BROKEN -> "Broken glass";
            case FOLLOW_UP_OVERDUE -> "Approval overdue";
        };
    }

    private static String body(GateNews news) {
        StringBuilder body = new StringBuilder(Ids.printable(news.text(), 4000)).append(".\n");
        ApprovalRequest request = news.request();
        if (request != null) {
            body.append("\nDeployment ").append(Ids.printable(request.deploymentId())).append(", stage ").append(Ids.printable(request.stage()))
                    .append(", asked for by ").append(String.join(", ", request.requestedBy().stream().map(Ids::printable).toList())).append(".\n");
            String link = RequestLink.of(request.update());
            if (link != null) {
                body.append('\n').append(link).append('\n');
            }
        }
        return body.toString();
    }
}
