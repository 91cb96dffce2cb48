package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.projectdeployer.hook.HookOutcome.Ending;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hook that raises, returns nothing or is no hook at all is an error with its traceback. */
class HookFailureTest {
    @TempDir
    Path directory;

    private Hooks hooks;

    @BeforeEach
    void open() throws Exception {
        hooks = new Hooks(directory);
    }

    @AfterEach
    void close() {
        hooks.close();
    }

    private record Told(String message, String traceback) {}

    /** Python 3 in a process; Jython in this one, since its start would take most of the test. */
    private Told fail(String engine, String source) throws Exception {
        if (engine.equals("jython")) {
            JsonNode result = JythonWorker.runHook(source);
            assertThat(result.path("status").asText()).isEqualTo("ERROR");
            assertThat(result.path("failed").asBoolean()).isTrue();
            return new Told(result.path("message").asText(), result.path("traceback").asText());
        }
        HookOutcome outcome = hooks.run(Hooks.engine(engine), source);
        assertThat(outcome.status()).isEqualTo(HookStatus.ERROR);
        assertThat(outcome.ending()).isEqualTo(Ending.FAILED);
        return new Told(outcome.message(), outcome.traceback());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void an_exception_is_an_error_with_the_hook_s_own_line_numbers(String engine) throws Exception {
        Told outcome = fail(engine, "# coding: utf-8\n# one more line\n"
                + Hooks.executing("return helper()") + "\ndef helper():\n    raise ValueError('no ticket')\n");
        assertThat(outcome.message()).isEqualTo("The hook raised ValueError: no ticket (line 8)");
        assertThat(outcome.traceback())
                .contains("File \"hook notify\", line 5, in execute")
                .contains("File \"hook notify\", line 8, in helper")
                .contains("raise ValueError('no ticket')")
                .doesNotContain("worker.py");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_syntax_error_names_the_line(String engine) throws Exception {
        Told outcome = fail(engine, "x = 1\ndef execute(:\n    pass\n");
        assertThat(outcome.message()).startsWith("The hook does not compile: ").endsWith(", line 2");
        assertThat(outcome.traceback()).contains("hook notify").contains("SyntaxError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_hook_that_returns_nothing_is_an_error(String engine) throws Exception {
        assertThat(fail(engine, Hooks.executing("pass")).message())
                .isEqualTo("execute returned nothing; it must return HookResult.success(message), "
                        + "HookResult.warning(message) or HookResult.error(message)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_hook_that_returns_something_else_is_an_error(String engine) throws Exception {
        assertThat(fail(engine, Hooks.executing("return True")).message())
                .startsWith("execute returned an object of type bool; it must return");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void a_text_without_execute_is_an_error(String engine) throws Exception {
        assertThat(fail(engine, "def run():\n    pass\n").message())
                .startsWith("The hook defines no function \"execute\"; it begins with def execute(requesting_user, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void sys_exit_is_an_error_and_not_a_success(String engine) throws Exception {
        assertThat(fail(engine, Hooks.executing("import sys", "sys.exit(0)")).message())
                .isEqualTo("The hook called sys.exit(0); it must return a HookResult");
    }

    @Test
    void warning_and_error_are_the_hook_s_own_to_give() throws Exception {
        HookOutcome warning = hooks.run(Hooks.python3(), Hooks.executing("return HookResult.warning('late')"));
        assertThat(warning.status()).isEqualTo(HookStatus.WARNING);
        HookOutcome error = hooks.run(Hooks.python3(), Hooks.executing("return HookResult.error('no')"));
        assertThat(error.status()).isEqualTo(HookStatus.ERROR);
        assertThat(error.ending()).isEqualTo(Ending.RETURNED);
        assertThat(error.message()).isEqualTo("no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void endless_recursion_is_an_error(String engine) throws Exception {
        Told outcome = fail(engine, "def f(n):\n    return f(n + 1)\n" + Hooks.executing("f(0)"));
        assertThat(outcome.message()).contains("maximum recursion depth exceeded");
    }

    @Test
    void a_huge_traceback_is_cut_in_the_middle() throws Exception {
        Told outcome = fail("python3", Hooks.executing("raise ValueError('x' * 1000000 + 'the end')"));
        assertThat(outcome.traceback())
                .hasSizeLessThan(21_000)
                .startsWith("Traceback (most recent call last):")
                .contains("characters left out")
                .endsWith("the end\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jython", "python3"})
    void an_exception_that_cannot_be_printed_is_still_an_error(String engine) throws Exception {
        Told outcome = fail(engine, "class Odd(Exception):\n    def __str__(self):\n        raise KeyError(1)\n"
                + Hooks.executing("raise Odd()"));
        assertThat(outcome.message()).contains("Odd");
    }

    @Test
    void a_java_exception_in_jython_is_an_error() throws Exception {
        Told outcome = fail("jython", Hooks.executing("from java.util import ArrayList", "ArrayList().get(0)"));
        assertThat(outcome.message()).contains("IndexOutOfBoundsException");
    }

    @Test
    void names_and_texts_beyond_ascii_travel_unharmed() throws Exception {
        HookOutcome outcome = hooks.run(Hooks.hook(
                        Hooks.python3(),
                        "# -*- coding: latin-1 -*-\n" + Hooks.executing(
                                "print(requesting_user)",
                                "print(u'\u65e5\u672c')",
                                "return HookResult.success(requesting_user + u' \u00eb\ud83d\ude80')"))
                .named("m\u00e9lange")
                .arguments(new HookArguments("zo\u00eb", "d", null, "\u30e6\u30fc\u30b6", "K")));
        assertThat(outcome.message()).isEqualTo("zo\u00eb \u00eb\ud83d\ude80");
        assertThat(outcome.output()).isEqualTo("zo\u00eb\n\u65e5\u672c\n");
    }

    @Test
    void a_post_hook_gets_the_report() throws Exception {
        HookOutcome outcome = hooks.run(Hooks.hook(
                        Hooks.python3(),
                        Hooks.executing("return HookResult.success('%s: %s' % (deployment_report['status'],"
                                + " ', '.join(deployment_report['messages'])))"))
                .arguments(new HookArguments(
                        "alice",
                        "d",
                        new HookArguments.Report(HookStatus.ERROR, List.of("node gone", "rolled back")),
                        "bob",
                        "K")));
        assertThat(outcome.message()).isEqualTo("ERROR: node gone, rolled back");
    }
}
