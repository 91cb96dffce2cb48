package io.jenkins.plugins.projectdeployer.jenkins.mail;

import jenkins.model.Jenkins;

/** Where people find a request. A link opens the page; nothing is decided by it. */
public final class RequestLink {

    private RequestLink() {}

    /** Absolute; null where nobody has told Jenkins its address. */
    public static String of(long update) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? null : root + "project-deployer/approval/" + update + "/";
    }
}
