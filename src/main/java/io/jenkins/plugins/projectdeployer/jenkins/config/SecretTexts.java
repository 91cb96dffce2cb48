package io.jenkins.plugins.projectdeployer.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The Secret texts that something other than a node may be told. */
final class SecretTexts {

    private SecretTexts() {}

    /** A drop-down of them, for Jenkins' administrators; the one that is set stays choosable although it may be gone. */
    static ListBoxModel choices(String credentialsId) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StringCredentials.class, List.of(), CredentialsMatchers.always())
                .includeCurrentValue(credentialsId);
    }

    /** Whether one that must be chosen is there, and out of pipelines' reach. Jenkins' administrators alone learn what there is. */
    static FormValidation check(String credentialsId) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Util.fixEmptyAndTrim(credentialsId) == null
                ? FormValidation.validateRequired(credentialsId)
                : judged(NodeKeys.find(credentialsId), Messages.SecretTexts_none());
    }

    /** What is to be said of one that was looked for; null: there is none, and this says so. */
    static FormValidation judged(StringCredentials found, String none) {
        if (found == null) {
            return FormValidation.error(none);
        }
        return found.getScope() == CredentialsScope.GLOBAL ? FormValidation.warning(Messages.SecretTexts_global()) : FormValidation.ok();
    }
}
