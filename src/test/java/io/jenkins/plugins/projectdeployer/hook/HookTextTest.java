package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HookTextTest {
    private static final HookSecret SLACK = new HookSecret("slack", "slack-hook");
    private static final HookSecret JIRA = new HookSecret("jira", "jira-token");
    private static final HookSecret OTHER = new HookSecret("slack", "another-credential");
    private static final HookText TEXT = new HookText(
            "prod", "notify", HookPhase.POST, HookEngine.JYTHON, "svc_hooks", List.of(SLACK, JIRA), "x = 1\n");

    @Test
    void what_is_approved_names_infrastructure_phase_engine_user_and_secrets() {
        assertThat(TEXT.withHeader()).isEqualTo("""
                # Deployment hook of Project Deployer. This header is generated and part of the approval.
                # infrastructure: "prod"
                # hook: "notify"
                # phase: post-deployment
                # engine: "built-in (Jython, Python 2.7)"
                # user: "svc_hooks"
                # secrets: "jira" from credential "jira-token", "slack" from credential "slack-hook"
                # It runs with the power of the infrastructure's key and of Jenkins' operating-system user.
                # ---- the hook's own text begins on the next line ----
                x = 1
                """);
    }

    @Test
    void an_approval_serves_nothing_that_differs_in_any_point() {
        Set<String> digests = new HashSet<>();
        HookEngine py = new HookEngine.Python3("py", Path.of("/opt/py/bin/python"));
        HookEngine other = new HookEngine.Python3("py", Path.of("/opt/other/bin/python"));
        List<HookText> all = List.of(
                TEXT,
                new HookText("dev", "notify", HookPhase.POST, HookEngine.JYTHON, "svc_hooks", TEXT.secrets(), "x = 1\n"),
                new HookText("prod", "tell", HookPhase.POST, HookEngine.JYTHON, "svc_hooks", TEXT.secrets(), "x = 1\n"),
                new HookText("prod", "notify", HookPhase.PRE, HookEngine.JYTHON, "svc_hooks", TEXT.secrets(), "x = 1\n"),
                new HookText("prod", "notify", HookPhase.POST, py, "svc_hooks", TEXT.secrets(), "x = 1\n"),
                new HookText("prod", "notify", HookPhase.POST, other, "svc_hooks", TEXT.secrets(), "x = 1\n"),
                new HookText("prod", "notify", HookPhase.POST, HookEngine.JYTHON, "admin", TEXT.secrets(), "x = 1\n"),
                new HookText("prod", "notify", HookPhase.POST, HookEngine.JYTHON, "svc_hooks", List.of(JIRA), "x = 1\n"),
                new HookText("prod", "notify", HookPhase.POST, HookEngine.JYTHON, "svc_hooks", List.of(JIRA, OTHER), "x = 1\n"),
                new HookText("prod", "notify", HookPhase.POST, HookEngine.JYTHON, null, TEXT.secrets(), "x = 1\n"),
                new HookText("prod", "notify", HookPhase.POST, HookEngine.JYTHON, "svc_hooks", TEXT.secrets(), "x = 2\n"));
        all.forEach(text -> digests.add(text.digest()));
        assertThat(digests).hasSameSizeAs(all).allMatch(d -> d.matches("[0-9a-f]{64}"));
    }

    @Test
    void the_order_of_secrets_does_not_matter() {
        HookText turned = new HookText(
                "prod", "notify", HookPhase.POST, HookEngine.JYTHON, "svc_hooks", List.of(JIRA, SLACK, JIRA), "x = 1\n");
        assertThat(turned.digest()).isEqualTo(TEXT.digest());
    }

    @Property(tries = 300)
    void nothing_in_a_name_can_end_its_line_or_hide_from_the_reader(@ForAll String name, @ForAll String user) {
        HookText text = new HookText("prod", name, HookPhase.PRE, HookEngine.JYTHON, user, List.of(new HookSecret(name, user)), "body");
        String[] lines = text.withHeader().split("\\R", -1);
        assertThat(lines).hasSize(10);
        assertThat(lines[9]).isEqualTo("body");
        assertThat(lines).allMatch(l -> l.startsWith("# ") || l.equals("body"));
        assertThat(text.withHeader().codePoints()).noneMatch(c -> c != '\n' && (Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT));
    }
}
