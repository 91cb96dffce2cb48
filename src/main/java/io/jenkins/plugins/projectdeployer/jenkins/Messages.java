package io.jenkins.plugins.projectdeployer.jenkins;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String Engine_notAwaited() {
        return TEXTS.format("Engine.notAwaited");
    }

    static String Engine_notOpened() {
        return TEXTS.format("Engine.notOpened");
    }

    static String Engine_notYet() {
        return TEXTS.format("Engine.notYet");
    }
}
