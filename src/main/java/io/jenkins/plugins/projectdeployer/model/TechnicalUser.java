package io.jenkins.plugins.projectdeployer.model;

/**
 * For whom builds deploy that no person started: a timer, a push, a token. Whoever may change such a job deploys with this
 * user's rights, so an administrator names each.
 *
 * @param jobs full-name pattern of jobs; {@code team/nightly/*} is every job below that folder
 * @param user Jenkins user id
 */
public record TechnicalUser(String jobs, String user) {

    public TechnicalUser {
        jobs = Text.trimmed(jobs);
        user = Text.trimmed(user);
    }
}
