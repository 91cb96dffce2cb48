package io.jenkins.plugins.projectdeployer.jenkins.security;

import hudson.Extension;
import org.jenkinsci.plugins.scriptsecurity.scripts.Language;

/** What Jenkins' script approval calls the texts of deployment hooks; approvals of other languages do not serve them. */
@Extension
public final class HookLanguage extends Language {

    @Override
    public String getName() {
        return "project-deployer-hook";
    }

    @Override
    public String getDisplayName() {
        return Messages.HookLanguage_displayName();
    }

    @Override
    public String getCodeMirrorMode() {
        return "python";
    }
}
