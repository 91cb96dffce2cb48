package org.jenkinsci.plugins.scriptsecurity.scripts;

public abstract class Language {

    public Language() {}

    public String getCodeMirrorMode() {
        throw new UnsupportedOperationException();
    }

    public abstract String getDisplayName();

    public abstract String getName();
}
