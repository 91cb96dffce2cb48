package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.hook.HookValidation.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookValidationTest {
    @TempDir
    Path directory;

    private Optional<Problem> check(HookEngine engine, String source) throws Exception {
        try (Hooks hooks = new Hooks(directory)) {
            return hooks.runner.check(Hooks.hook(engine, source).toRun().text()).get(Hooks.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void a_good_hook_has_no_problem_and_is_not_run() throws Exception {
        Path trace = directory.resolve("ran");
        String source = "# coding: utf-8\nopen('%s', 'w')\n".formatted(trace) + Hooks.executing("pass");
        assertThat(check(Hooks.python3(), source)).isEmpty();
        assertThat(trace).doesNotExist();
    }

    @Test
    void a_syntax_error_names_the_line_in_the_engine_that_would_run_it() throws Exception {
        String newer = "x = 1\n" + Hooks.executing("return HookResult.success(f'{x}')");
        assertThat(check(Hooks.python3(), newer)).isEmpty();
        assertThat(check(HookEngine.JYTHON, newer)).hasValueSatisfying(p -> assertThat(p.line()).isEqualTo(4));
        assertThat(check(Hooks.python3(), "def execute(:\n"))
                .hasValueSatisfying(p -> assertThat(p.line()).isEqualTo(1));
    }

    @Test
    void a_text_without_execute_is_named_before_it_runs() throws Exception {
        assertThat(check(Hooks.python3(), "def run():\n    execute = 1\n"))
                .contains(new Problem(0, "The hook defines no function \"execute\""));
        assertThat(check(Hooks.python3(), "execute = lambda **kwargs: HookResult.success()\n")).isEmpty();
        assertThat(check(Hooks.python3(), "from shared_hooks import tell as execute\n")).isEmpty();
        JsonNode jython = JythonWorker.checkHook("def run(): pass\n");
        assertThat(jython.path("message").asText()).isEqualTo("The hook defines no function \"execute\"");
        assertThat(JythonWorker.checkHook("def execute(**kwargs): pass\n").path("message").isNull()).isTrue();
    }

    @Test
    void a_missing_interpreter_is_a_problem_and_not_an_exception() throws Exception {
        assertThat(check(new HookEngine.Python3("gone", Path.of("/nowhere/python")), "x"))
                .hasValueSatisfying(p -> assertThat(p.message())
                        .startsWith("The code env gone (/nowhere/python) cannot be started: "));
    }
}
