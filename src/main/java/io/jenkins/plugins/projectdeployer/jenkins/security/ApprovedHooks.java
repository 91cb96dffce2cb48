package io.jenkins.plugins.projectdeployer.jenkins.security;

import hudson.ExtensionList;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.projectdeployer.deployment.HookRuns;
import io.jenkins.plugins.projectdeployer.hook.HookApproval;
import io.jenkins.plugins.projectdeployer.hook.HookNotApproved;
import io.jenkins.plugins.projectdeployer.hook.HookText;
import io.jenkins.plugins.projectdeployer.model.CodeEnv;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.util.ScriptListener;
import org.jenkinsci.plugins.scriptsecurity.scripts.ApprovalContext;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.jenkinsci.plugins.scriptsecurity.scripts.UnapprovedUsageException;

/**
 * Jenkins' script approval, asked about hooks. Every text waits there until somebody has approved exactly it, whoever
 * wrote it. What is approved begins with a header that names infrastructure, engine, user and secrets.
 */
public final class ApprovedHooks implements HookApproval {

    /**
     * Lists the texts of a configuration for approval, those that are not approved yet. One that has changed is asked for by
     * whoever saves; any other stays with whom it is listed for.
     *
     * @param before what was saved before; null: nobody knows
     */
    public static void request(Configuration before, Configuration now) {
        Set<String> known = before == null ? null : texts(before).map(HookText::withHeader).collect(Collectors.toSet());
        texts(now).forEach(text -> {
            if (known == null || known.contains(text.withHeader())) {
                list(text);
            } else {
                configure(text, ApprovalContext.create().withCurrentUser().withKey(key(text)));
            }
        });
    }

    private static Stream<HookText> texts(Configuration configuration) {
        return configuration.infrastructures().stream().flatMap(infrastructure -> infrastructure.hooks().stream()
                .map(hook -> HookRuns.text(infrastructure.id(), hook, configuration.codeEnvs())));
    }

    /** Names of the infrastructure's hooks whose texts somebody must still approve. */
    public static List<String> unapproved(Infrastructure infrastructure, List<CodeEnv> codeEnvs) {
        return infrastructure.hooks().stream()
                .filter(hook -> !listed(infrastructure.id(), hook, codeEnvs).approved())
                .map(Hook::name)
                .toList();
    }

    /**
     * How script approval knows a hook.
     *
     * @param hash as it stands in {@code approvedScriptHashes}
     */
    public record Listed(String hash, boolean approved) {}

    /** The hook as script approval knows it. */
    public static Listed listed(String infrastructureId, Hook hook, List<CodeEnv> codeEnvs) {
        String text = HookRuns.text(infrastructureId, hook, codeEnvs).withHeader();
        return new Listed(hash(text), ScriptApproval.get().isScriptApproved(text, language()));
    }

    /** As script approval computes it, which offers no way to be asked for it without listing the text. */
    private static String hash(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-512").digest((language().getName() + ":" + text).getBytes(StandardCharsets.UTF_8));
            return "SHA512:" + HexFormat.of().formatHex(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-512", e);
        }
    }

    /** Whether texts that this visitor saves are kept from the approvers' list: the sandbox is forced, and Python has none. */
    public static boolean areTextsUnlisted() {
        return ScriptApproval.get().isForceSandboxForCurrentUser();
    }

    @Override
    public void check(HookText text) throws HookNotApproved {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            ScriptApproval.get().using(text.withHeader(), language());
            ScriptListener.fireScriptExecution(
                    text.withHeader(), null, HookLanguage.class, key(text), UUID.randomUUID().toString(), null);
        } catch (UnapprovedUsageException e) {
            throw new HookNotApproved(Messages.ApprovedHooks_notApproved(text.name(), text.infrastructure(), whatToDo(text)), e);
        }
    }

    @Override
    public boolean isApproved(HookText text) {
        return ScriptApproval.get().isScriptApproved(text.withHeader(), language());
    }

    /** In force-sandbox mode only what an administrator has saved may be listed, and what they have listed stays. */
    private static String whatToDo(HookText text) {
        if (ScriptApproval.get().isForceSandbox()) {
            return Messages.ApprovedHooks_sandbox();
        }
        list(text);
        return Messages.ApprovedHooks_approve();
    }

    /** Without a key, by which script approval would replace an entry that is there and forget who asked for it. */
    private static void list(HookText text) {
        configure(text, ApprovalContext.create());
    }

    private static void configure(HookText text, ApprovalContext context) {
        ScriptApproval.get().configuring(text.withHeader(), language(), context, false);
    }

    /** One pending entry for each hook: a newer text of the same hook takes its place. */
    private static String key(HookText text) {
        return "project-deployer/" + text.infrastructure() + "/" + text.name();
    }

    private static HookLanguage language() {
        return ExtensionList.lookupSingleton(HookLanguage.class);
    }
}
