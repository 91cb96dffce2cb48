package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.deployment.Publisher;
import io.jenkins.plugins.projectdeployer.jenkins.security.JenkinsPeople;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.model.Wildcard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Answers to checks as somebody types that several forms give. The caller has checked who asks. */
public final class FormCheck {

    private FormCheck() {}

    /** A grant's group; group and user exclude each other, and one of them must be there. */
    static FormValidation group(String group, String user) {
        boolean hasGroup = Util.fixEmptyAndTrim(group) != null;
        boolean hasUser = Util.fixEmptyAndTrim(user) != null;
        if (hasGroup && hasUser) {
            return FormValidation.error(Messages.FormCheck_both());
        }
        return hasGroup || hasUser ? FormValidation.ok() : FormValidation.error(Messages.FormCheck_neither());
    }

    /** The key of a Dataiku project, which may be left out here. */
    public static FormValidation key(String typed) {
        String key = Util.fixEmptyAndTrim(typed);
        return key == null || Publisher.isKey(key) ? FormValidation.ok() : FormValidation.warning(Messages.FormCheck_key());
    }

    /** Ids or patterns, one a line, of infrastructures that whoever asks may know. */
    static FormValidation known(String typed, List<String> ids) {
        List<String> unknown = typed.lines().map(String::strip)
                .filter(line -> !line.isEmpty() && ids.stream().noneMatch(id -> Wildcard.matchesId(line, id)))
                .map(Ids::printable)
                .toList();
        return unknown.isEmpty() ? FormValidation.ok() : FormValidation.warning(Messages.FormCheck_unknown(String.join(", ", unknown)));
    }

    /** Patterns of jobs, one a line; one that takes in every job deserves a second look. */
    static FormValidation jobs(String typed) {
        boolean every = typed.lines().map(String::strip).anyMatch(line -> line.matches("\\*+"));
        return every ? FormValidation.warning(Messages.FormCheck_everyJob()) : FormValidation.ok();
    }

    /** The path of a program on the controller. */
    static FormValidation program(String path) {
        String problem = ConfigurationCheck.pathProblem(path);
        if (problem != null) {
            return FormValidation.error(Messages.FormCheck_path(problem));
        }
        return Files.isExecutable(Path.of(path)) ? FormValidation.ok() : FormValidation.warning(Messages.FormCheck_notExecutable());
    }

    /** A Jenkins user, who may be left out here. */
    static FormValidation user(String typed) {
        String user = Util.fixEmptyAndTrim(typed);
        if (user == null) {
            return FormValidation.ok();
        }
        try {
            new JenkinsPeople().person(user);
            return FormValidation.ok();
        } catch (Refused e) {
            return FormValidation.warning(e.getMessage());
        }
    }
}
