package io.jenkins.plugins.projectdeployer.jenkins.mail;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String GateMail_about(Object deployment, Object stage, Object people) {
        return TEXTS.format("GateMail.about", deployment, stage, people);
    }

    static String GateMail_approved() {
        return TEXTS.format("GateMail.approved");
    }

    static String GateMail_changed() {
        return TEXTS.format("GateMail.changed");
    }

    static String GateMail_expired() {
        return TEXTS.format("GateMail.expired");
    }

    static String GateMail_freezeOverridden() {
        return TEXTS.format("GateMail.freezeOverridden");
    }

    static String GateMail_glass(Object project, Object infrastructure) {
        return TEXTS.format("GateMail.glass", project, infrastructure);
    }

    static String GateMail_glassBroken() {
        return TEXTS.format("GateMail.glassBroken");
    }

    static String GateMail_overdue() {
        return TEXTS.format("GateMail.overdue");
    }

    static String GateMail_passed() {
        return TEXTS.format("GateMail.passed");
    }

    static String GateMail_rejected() {
        return TEXTS.format("GateMail.rejected");
    }

    static String GateMail_requested() {
        return TEXTS.format("GateMail.requested");
    }

    static String GateMail_subject(Object kind, Object project, Object bundle, Object infrastructure, Object update) {
        return TEXTS.format("GateMail.subject", kind, project, bundle, infrastructure, update);
    }
}
