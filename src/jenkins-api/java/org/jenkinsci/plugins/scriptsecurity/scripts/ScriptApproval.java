package org.jenkinsci.plugins.scriptsecurity.scripts;

import hudson.model.Action;
import jenkins.model.GlobalConfiguration;

public final class ScriptApproval extends GlobalConfiguration implements Action {

    public String configuring(String script, Language language, ApprovalContext context, boolean approveIfAdmin) {
        throw new UnsupportedOperationException();
    }

    public static ScriptApproval get() {
        throw new UnsupportedOperationException();
    }

    public String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    public String getUrlName() {
        throw new UnsupportedOperationException();
    }

    public boolean isForceSandbox() {
        throw new UnsupportedOperationException();
    }

    public boolean isForceSandboxForCurrentUser() {
        throw new UnsupportedOperationException();
    }

    public boolean isScriptApproved(String script, Language language) {
        throw new UnsupportedOperationException();
    }

    public void load() {
        throw new UnsupportedOperationException();
    }

    public String using(String script, Language language) {
        throw new UnsupportedOperationException();
    }
}
