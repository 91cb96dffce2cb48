package io.jenkins.plugins.projectdeployer.hook;

import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.HookSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A hook's text and all that an approval of it must cover: an approval for one infrastructure, phase, engine, user or
 * set of secrets serves no other.
 *
 * <p>The header is part of what is approved, not of what Python compiles: tracebacks count the lines of the author's
 * own text, and a {@code # coding:} line stays the first or second one.
 *
 * @param infrastructure id of the infrastructure whose key the hook wields
 * @param name the hook's name
 * @param engine what interprets it
 * @param user whose rights {@code deployer_client} has; null: nobody's
 * @param secrets what it is told, under which name and from which credential
 * @param source the author's text, line ends as they came
 */
public record HookText(
        String infrastructure,
        String name,
        HookPhase phase,
        HookEngine engine,
        String user,
        List<HookSecret> secrets,
        String source) {

    public HookText {
        Objects.requireNonNull(infrastructure, "infrastructure");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(source, "source");
        secrets = secrets.stream()
                .distinct()
                .sorted(Comparator.comparing(HookText::named))
                .toList();
    }

    /** The text of a configured hook. */
    public static HookText of(String infrastructure, Hook hook, HookEngine engine) {
        return new HookText(
                infrastructure, hook.name(), hook.phase(), engine, hook.user(), hook.secrets(), hook.text());
    }

    /** What an approver reads and approves: nine comment lines, then the source as it is. */
    public String withHeader() {
        String known = secrets.isEmpty()
                ? "none"
                : secrets.stream()
                        .map(HookText::named).collect(Collectors.joining(", "));
        return """
                # Deployment hook of Project Deployer. This header is generated and part of the approval.
                # infrastructure: %s
                # hook: %s
                # phase: %s
                # engine: %s
                # user: %s
                # secrets: %s
                # It runs with the power of the infrastructure's key and of Jenkins' operating-system user.
                # ---- the hook's own text begins on the next line ----
                """
                        .formatted(
                                quoted(infrastructure),
                                quoted(name),
                                phase.label(),
                                quoted(engine.label()),
                                quoted(user),
                                known)
                + source;
    }

    /** SHA-256 of {@link #withHeader()} in UTF-8, lower-case hex. */
    public String digest() {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(withHeader().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private static String named(HookSecret secret) {
        return quoted(secret.name()) + " from credential " + quoted(secret.credentialsId());
    }

    /** In quotes, with everything escaped that could end the line, the quotes or the reader's trust. */
    private static String quoted(String value) {
        if (value == null || value.isEmpty()) {
            return "none";
        }
        StringBuilder out = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (isInvisible(c)) {
                out.append(String.format("\\u{%x}", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> false;
        };
    }
}
