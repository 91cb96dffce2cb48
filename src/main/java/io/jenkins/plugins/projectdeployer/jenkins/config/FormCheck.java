package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.jenkins.security.JenkinsPeople;
import io.jenkins.plugins.projectdeployer.model.Refused;

/** Answers to checks as somebody types that several forms give. The caller has checked who asks. */
final class FormCheck {

    private FormCheck() {}

    /** A grant's group; group and user exclude each other, and one of them must be there. */
    static FormValidation group(String group, String user) {
        boolean hasGroup = Util.fixEmptyAndTrim(group) != null;
        boolean hasUser = Util.fixEmptyAndTrim(user) != null;
        if (hasGroup && hasUser) {
            return FormValidation.error(Messages.FormCheck_both());
        }
        return hasGroup || hasUser ? FormValidation.ok() : FormValidation.error(Messages.FormCheck_neither());
    }

    /** A Jenkins user, who may be left out here. */
    static FormValidation user(String typed) {
        String user = Util.fixEmptyAndTrim(typed);
        if (user == null) {
            return FormValidation.ok();
        }
        try {
            new JenkinsPeople().person(user);
            return FormValidation.ok();
        } catch (Refused e) {
            return FormValidation.warning(e.getMessage());
        }
    }
}
