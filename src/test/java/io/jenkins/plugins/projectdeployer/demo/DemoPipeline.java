package io.jenkins.plugins.projectdeployer.demo;

import com.lesfurets.jenkins.unit.PipelineTestHelper;
import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs a Declarative Pipeline with JenkinsPipelineUnit, whose own knowledge of Declarative is none: its words are steps
 * here that run what stands in their braces. A word that is not registered fails the run.
 */
final class DemoPipeline {

    private static final List<String> BLOCKS = List.of("pipeline", "stages", "steps");
    private static final List<String> AGENTS = List.of("any", "none");

    private final PipelineTestHelper helper = new PipelineTestHelper();
    private final Path workspace;

    /**
     * A Pipeline in this workspace.
     *
     * @param stageBegins told the name of each stage
     */
    DemoPipeline(Path workspace, Consumer<String> stageBegins) {
        this.workspace = workspace;
        helper.setScriptRoots(workspace.toString());
        helper.setBaseScriptRoot("");
        helper.setBaseClassloader(DemoPipeline.class.getClassLoader());
        BLOCKS.forEach(block -> helper.registerAllowedMethod(block, List.of(Closure.class), new Word(arguments -> run(arguments[0]))));
        helper.registerAllowedMethod("agent", List.of(String.class), new Word(arguments -> null));
        helper.registerAllowedMethod("stage", List.of(String.class, Closure.class), new Word(arguments -> {
            stageBegins.accept((String) arguments[0]);
            return run(arguments[1]);
        }));
    }

    /** Lets the Pipeline call a step with named parameters. */
    DemoPipeline step(String name, Function<Map<String, Object>, Object> step) {
        helper.registerAllowedMethod(name, List.of(Map.class), new Word(arguments -> step.apply(named(arguments[0]))));
        return this;
    }

    /** Lets the Pipeline call a step with one text. */
    DemoPipeline textStep(String name, Consumer<String> step) {
        helper.registerAllowedMethod(name, List.of(String.class), new Word(arguments -> {
            step.accept((String) arguments[0]);
            return null;
        }));
        return this;
    }

    /** Runs the script of this path in the workspace; what a step throws ends it. */
    void run(String script) {
        Binding binding = new Binding();
        AGENTS.forEach(agent -> binding.setVariable(agent, agent));
        helper.init();
        Script loaded = helper.loadScript(workspace.resolve(script).toString(), binding);
        helper.runScript(loaded);
    }

    private Object run(Object block) {
        return helper.callClosure((Closure<?>) block);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> named(Object parameters) {
        return (Map<String, Object>) parameters;
    }

    /** What the script calls. */
    private static final class Word extends Closure<Object> {

        private static final long serialVersionUID = 1L;

        private final transient Function<Object[], Object> meaning;

        private Word(Function<Object[], Object> meaning) {
            super(null);
            this.meaning = meaning;
        }

        @Override
        public Object call(Object... arguments) {
            return meaning.apply(arguments);
        }
    }
}
