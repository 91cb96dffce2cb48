package jenkins.util;

import groovy.lang.Binding;
import hudson.model.User;

public interface ScriptListener {

    static void fireScriptExecution(String script, Binding binding, Object feature, Object context, String correlationId, User user) {
        throw new UnsupportedOperationException();
    }
}
