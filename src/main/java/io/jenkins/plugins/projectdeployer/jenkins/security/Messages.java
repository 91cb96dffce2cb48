package io.jenkins.plugins.projectdeployer.jenkins.security;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String ApprovedHooks_approve() {
        return TEXTS.format("ApprovedHooks.approve");
    }

    static String ApprovedHooks_notApproved(Object hook, Object infrastructure, Object what) {
        return TEXTS.format("ApprovedHooks.notApproved", hook, infrastructure, what);
    }

    static String ApprovedHooks_sandbox() {
        return TEXTS.format("ApprovedHooks.sandbox");
    }

    static String HookLanguage_displayName() {
        return TEXTS.format("HookLanguage.displayName");
    }

    static String JenkinsPeople_disabled(Object user) {
        return TEXTS.format("JenkinsPeople.disabled", user);
    }

    static String JenkinsPeople_groups(Object user) {
        return TEXTS.format("JenkinsPeople.groups", user);
    }

    static String JenkinsPeople_none(Object user) {
        return TEXTS.format("JenkinsPeople.none", user);
    }

    static String JenkinsPeople_silent(Object user, Object problem) {
        return TEXTS.format("JenkinsPeople.silent", user, problem);
    }

    static String RequestingUser_changeRequest() {
        return TEXTS.format("RequestingUser.changeRequest");
    }

    static String RequestingUser_noCause() {
        return TEXTS.format("RequestingUser.noCause");
    }

    static String RequestingUser_nobody(Object causes, Object remedy) {
        return TEXTS.format("RequestingUser.nobody", causes, remedy);
    }

    static String RequestingUser_notAllowed(Object job) {
        return TEXTS.format("RequestingUser.notAllowed", job);
    }

    static String RequestingUser_publication() {
        return TEXTS.format("RequestingUser.publication");
    }

    static String RequestingUser_start(Object job) {
        return TEXTS.format("RequestingUser.start", job);
    }

    static String RequestingUser_tooDeep() {
        return TEXTS.format("RequestingUser.tooDeep");
    }

    static String Visitor_login() {
        return TEXTS.format("Visitor.login");
    }
}
