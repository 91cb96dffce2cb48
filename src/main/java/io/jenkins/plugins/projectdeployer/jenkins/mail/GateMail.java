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
            return Messages.GateMail_glass(Ids.printable(news.glass().project()), news.glass().infrastructure());
        }
        return Messages.GateMail_subject(verb(news.kind()), Ids.printable(request.project()), Ids.printable(request.bundle()),
                request.infrastructure(), String.valueOf(request.update()));
    }

    private static String verb(GateNews.Kind kind) {
        return switch (kind) {
            case REQUESTED -> Messages.GateMail_requested();
            case CHANGED -> Messages.GateMail_changed();
            case APPROVED -> Messages.GateMail_approved();
            case REJECTED -> Messages.GateMail_rejected();
            case PASSED -> Messages.GateMail_passed();
            case EXPIRED -> Messages.GateMail_expired();
            case FREEZE_OVERRIDDEN -> Messages.GateMail_freezeOverridden();
            case GLASS_BROKEN -> Messages.GateMail_glassBroken();
            case FOLLOW_UP_OVERDUE -> Messages.GateMail_overdue();
        };
    }

    private static String body(GateNews news) {
        StringBuilder body = new StringBuilder(Ids.printable(news.text(), 4000)).append(".\n");
        ApprovalRequest request = news.request();
        if (request != null) {
            body.append('\n').append(Messages.GateMail_about(Ids.printable(request.deploymentId()), Ids.printable(request.stage()),
                    String.join(", ", request.requestedBy().stream().map(Ids::printable).toList()))).append('\n');
            String link = RequestLink.of(request.update());
            if (link != null) {
                body.append('\n').append(link).append('\n');
            }
        }
        return body.toString();
    }
}
