package io.jenkins.plugins.projectdeployer.jenkins.health;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String UnreachableNodes_displayName() {
        return TEXTS.format("UnreachableNodes.displayName");
    }
}
