package io.jenkins.plugins.projectdeployer.hook;

import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import java.nio.file.Path;
import java.util.Objects;

/** What interprets a hook. */
public sealed interface HookEngine {

    /** The built-in engine: Jython, Python 2.7, in a child JVM; needs no installation. */
    HookEngine JYTHON = new Jython();

    /** The engine of a hook: its code env, or the built-in one where it names none. */
    static HookEngine of(CodeEnv codeEnv) {
        return codeEnv == null ? JYTHON : new Python3(codeEnv.name(), Path.of(codeEnv.interpreter()));
    }

    /** How pages, messages and approvals name it. */
    String label();

    /** Python 2.7 in a child JVM. */
    record Jython() implements HookEngine {
        @Override
        public String label() {
            return "built-in (Jython, Python 2.7)";
        }
    }

    /**
     * A Python 3 interpreter or virtual environment that the administrator registered (a code env).
     *
     * @param name the code env's name
     * @param interpreter absolute path of its {@code python}; of a virtual environment its own {@code bin/python}
     */
    record Python3(String name, Path interpreter) implements HookEngine {
        public Python3 {
            Objects.requireNonNull(name, "name");
            if (!interpreter.isAbsolute()) {
                throw new IllegalArgumentException("Code env " + name + ": the interpreter " + interpreter
                        + " is not an absolute path; give the full path of its python");
            }
        }

        @Override
        public String label() {
            return "code env " + name + " (" + interpreter + ")";
        }
    }
}
