package io.jenkins.plugins.projectdeployer.model;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What is wrong with a configuration, each in one sentence that names the field and the value. Form, code and REST ask
 * here, so that they refuse the same values.
 */
public final class ConfigurationCheck {

    private final List<String> problems = new ArrayList<>();

    private ConfigurationCheck() {}

    /** All that is wrong; empty when it can be used. */
    public static List<String> problems(Configuration configuration) {
        ConfigurationCheck check = new ConfigurationCheck();
        check.stages(configuration.stages(), configuration.infrastructures());
        Set<String> stages = new HashSet<>(configuration.stages().stream().map(Stage::name).toList());
        check.codeEnvs(configuration.codeEnvs());
        Set<String> codeEnvs = new HashSet<>(configuration.codeEnvs().stream().map(CodeEnv::name).toList());
        check.unique("infrastructures", "id", configuration.infrastructures(), Infrastructure::id);
        configuration.infrastructures().forEach(infrastructure -> check.infrastructure(infrastructure, stages, codeEnvs));
        check.nodesBelongToOne(configuration.infrastructures());
        check.designNodes(configuration.designNodes());
        check.rules(configuration.projects());
        check.logins(configuration.loginMapping());
        check.limits(configuration.hookLimits());
        check.storage(configuration.bundleStorage());
        check.technicalUsers(configuration.technicalUsers());
        return List.copyOf(check.problems);
    }

    /** The configuration itself, or a refusal that lists all that is wrong. */
    public static Configuration checked(Configuration configuration) {
        List<String> problems = problems(configuration);
        if (!problems.isEmpty()) {
            throw Refused.invalid(String.join("\n", problems));
        }
        return configuration;
    }

    /** What is wrong with the base URL of a node; null when nothing is. */
    public static String urlProblem(String url) {
        return NodeUrl.problem(url);
    }

    /** What is wrong with an id of ours; null when nothing is. */
    public static String idProblem(String id) {
        if (id == null) {
            return "is missing";
        }
        return Ids.isValid(id) ? null : "must be letters, digits, dots, dashes and underscores, 64 at most, beginning with a"
                + " letter or digit and not ending in a dot";
    }

    private void stages(List<Stage> stages, List<Infrastructure> infrastructures) {
        unique("stages", "name", stages, Stage::name);
        stages.stream().filter(stage -> stage.name() == null).forEach(stage -> problems.add("stages: a name is missing"));
        GateCheck.problems(stages, infrastructures).forEach(problems::add);
    }

    private void codeEnvs(List<CodeEnv> codeEnvs) {
        unique("codeEnvs", "name", codeEnvs, CodeEnv::name);
        for (CodeEnv codeEnv : codeEnvs) {
            String where = "code env \"" + Ids.printable(codeEnv.name()) + "\"";
            add(where, "name", codeEnv.name(), idProblem(codeEnv.name()));
            add(where, "interpreter", codeEnv.interpreter(), codeEnv.interpreter() == null ? "is missing" : pathProblem(codeEnv.interpreter()));
        }
    }

    private void infrastructure(Infrastructure infrastructure, Set<String> stages, Set<String> codeEnvs) {
        String where = "infrastructure \"" + Ids.printable(infrastructure.id()) + "\"";
        add(where, "id", infrastructure.id(), idProblem(infrastructure.id()));
        add(where, "stage", infrastructure.stage(), stageProblem(infrastructure.stage(), stages));
        add(where, "nodes", null, infrastructure.nodes().isEmpty() ? "is empty; name at least one node" : null);
        infrastructure.nodes().forEach(node -> node(where, node));
        add(where, "externalUrl", infrastructure.externalUrl(), externalUrlProblem(infrastructure.externalUrl()));
        remaps(where, "connections", infrastructure.connections());
        remaps(where, "codeEnvs", infrastructure.codeEnvs());
        remaps(where, "containerExecs", infrastructure.containerExecs());
        hooks(where, infrastructure.hooks(), codeEnvs);
    }

    private void node(String where, NodeAddress node) {
        add(where, "url", node.url(), urlProblem(node.url()));
        add(where, "credentialsId", node.credentialsId(),
                node.credentialsId() == null ? "is missing; choose the Secret text that holds the node's API key" : null);
        add(where, "certificates", null, certificatesProblem(node.certificates()));
    }

    /**
     * What is wrong with the certificates of a node, in PEM; null when nothing is, or when there are none. The text itself is
     * not shown: somebody may have pasted a private key.
     */
    public static String certificatesProblem(String pem) {
        try {
            if (pem != null) {
                PemCertificates.parse(pem);
            }
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static String stageProblem(String stage, Set<String> stages) {
        if (stage == null) {
            return "is missing";
        }
        return stages.contains(stage) ? null : "is none of the stages " + String.join(", ", new java.util.TreeSet<>(stages));
    }

    /** What is wrong with a length of time; null when nothing is, or when there is none. */
    public static String spanProblem(String typed) {
        try {
            Span.of(typed);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** What is wrong with a recurrence rule alone; null when nothing is, or when there is none. */
    public static String recurrenceProblem(String rrule) {
        LocalDateTime any = LocalDateTime.of(2026, 1, 1, 0, 0);
        return Text.trimmed(rrule) == null ? null
                : FreezeTimes.problem(new Freeze("any", any, any.plusHours(1), rrule, null, null, null));
    }

    /** What is wrong with the base URL of links; null when nothing is, or when there is none. */
    public static String externalUrlProblem(String url) {
        return url == null || url.matches("(?i)https?://[^/?#\\s@]+(/[^?#\\s]*)?") ? null : "must begin with http:// or https:// and a host";
    }

    private void remaps(String where, String field, List<Remap> remaps) {
        Set<String> sources = new HashSet<>();
        for (Remap remap : remaps) {
            if (remap.source() == null || remap.target() == null) {
                problems.add(where + ": " + field + " needs both source and target, got source \"" + Ids.printable(remap.source())
                        + "\" and target \"" + Ids.printable(remap.target()) + "\"");
            } else if (!sources.add(remap.source())) {
                add(where, field, remap.source(), "is mapped twice");
            }
        }
    }

    private void hooks(String where, List<Hook> hooks, Set<String> codeEnvs) {
        unique(where + ": hooks", "name", hooks, Hook::name);
        for (Hook hook : hooks) {
            String which = where + ", hook \"" + Ids.printable(hook.name()) + "\"";
            add(which, "name", hook.name(), idProblem(hook.name()));
            add(which, "phase", null, hook.phase() == null ? "is missing; it is PRE or POST" : null);
            add(which, "text", null, hook.text().isBlank() ? "is empty" : null);
            hook.secrets().stream().filter(secret -> secret.name() == null || secret.credentialsId() == null)
                    .forEach(secret -> problems.add(which + ": secrets need both name and credentialsId, got name \""
                            + Ids.printable(secret.name()) + "\" and credentialsId \"" + Ids.printable(secret.credentialsId()) + "\""));
            unique(which + ": secrets", "name", hook.secrets(), HookSecret::name);
            add(which, "codeEnv", hook.codeEnv(), hook.codeEnv() == null || codeEnvs.contains(hook.codeEnv())
                    ? null
                    : "is not a registered code env");
        }
    }

    private void nodesBelongToOne(List<Infrastructure> infrastructures) {
        Map<String, String> owners = new HashMap<>();
        for (Infrastructure infrastructure : infrastructures) {
            for (NodeAddress node : infrastructure.nodes()) {
                if (node.url() == null) {
                    continue;
                }
                String owner = owners.putIfAbsent(NodeUrl.identity(node.url()), String.valueOf(infrastructure.id()));
                if (owner != null) {
                    add("infrastructure \"" + Ids.printable(infrastructure.id()) + "\"", "url", node.url(),
                            owner.equals(String.valueOf(infrastructure.id())) ? "is listed twice" : "already belongs to infrastructure \"" + Ids.printable(owner) + "\"");
                }
            }
        }
    }

    private void designNodes(List<DesignNode> designNodes) {
        unique("designNodes", "id", designNodes, DesignNode::id);
        for (DesignNode design : designNodes) {
            String where = "design node \"" + Ids.printable(design.id()) + "\"";
            add(where, "id", design.id(), idProblem(design.id()));
            if (design.node() == null) {
                add(where, "node", null, "is missing");
            } else {
                node(where, design.node());
            }
        }
    }

    private void rules(List<ProjectRule> rules) {
        rules.stream().filter(rule -> rule.pattern() == null)
                .forEach(rule -> problems.add("projects: a pattern is missing; * stands for every project"));
    }

    private void logins(LoginMapping mapping) {
        unique("loginMapping", "user", mapping.table(), LoginMapping.Entry::user);
        mapping.table().stream().filter(entry -> entry.user() == null || entry.login() == null)
                .forEach(entry -> problems.add("loginMapping: table needs both user and login, got user \""
                        + Ids.printable(entry.user()) + "\" and login \"" + Ids.printable(entry.login()) + "\""));
        String pattern = mapping.pattern();
        add("loginMapping", "pattern", pattern, pattern == null || pattern.contains("{user}") ? null : "must contain {user}");
    }

    private void limits(HookLimits limits) {
        atLeast("hookLimits", "permits", limits.permits(), 1);
        wait("preWaitSeconds", limits.preWaitSeconds());
        wait("postWaitSeconds", limits.postWaitSeconds());
        atLeast("hookLimits", "timeLimitSeconds", limits.timeLimitSeconds(), 1);
    }

    private void wait(String field, int seconds) {
        atLeast("hookLimits", field, seconds, 0);
        add("hookLimits", field, String.valueOf(seconds), seconds > HookLimits.LONGEST_WAIT_SECONDS
                ? "must be at most " + HookLimits.LONGEST_WAIT_SECONDS + ", which is a day" : null);
    }

    private void storage(BundleStorage storage) {
        if (storage.directory() != null) {
            add("bundleStorage", "directory", storage.directory(), pathProblem(storage.directory()));
        }
        atLeast("bundleStorage", "freeSpaceFloor", storage.freeSpaceFloor(), 0);
        atLeast("bundleStorage", "quotaPerProject", storage.quotaPerProject(), 0);
        atLeast("bundleStorage", "keepPerProject", storage.keepPerProject(), 0);
        atLeast("bundleStorage", "keepPerStage", storage.keepPerStage(), 0);
        atLeast("bundleStorage", "keepDetailsDays", storage.keepDetailsDays(), 0);
    }

    private void technicalUsers(List<TechnicalUser> users) {
        users.stream().filter(technical -> technical.jobs() == null || technical.user() == null)
                .forEach(technical -> problems.add("technicalUsers: both jobs and user are needed, got jobs \""
                        + Ids.printable(technical.jobs()) + "\" and user \"" + Ids.printable(technical.user()) + "\""));
        unique("technicalUsers", "jobs", users, TechnicalUser::jobs);
    }

    /** What is wrong with a path on the controller; null when nothing is. */
    public static String pathProblem(String path) {
        try {
            return Path.of(path).isAbsolute() ? null : "must be an absolute path on the controller";
        } catch (InvalidPathException e) {
            return "is no path: " + e.getReason();
        }
    }

    private void atLeast(String where, String field, long value, long least) {
        add(where, field, String.valueOf(value), value < least ? "must be at least " + least : null);
    }

    private <T> void unique(String where, String field, List<T> things, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T thing : things) {
            String value = name.apply(thing);
            if (value != null && !seen.add(value.toLowerCase(Locale.ROOT))) {
                add(where, field, value, "is there twice");
            }
        }
    }

    private void add(String where, String field, String value, String problem) {
        if (problem != null) {
            String shown = value == null ? "" : " \"" + Ids.printable(value) + "\"";
            problems.add(where + ": " + field + shown + " " + problem);
        }
    }
}
