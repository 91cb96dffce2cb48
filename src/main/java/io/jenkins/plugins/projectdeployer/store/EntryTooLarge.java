package io.jenkins.plugins.projectdeployer.store;

/** An entry has more bytes than the journal takes: unlike a full disk, waiting does not help. Nothing was recorded. */
public final class EntryTooLarge extends JournalException {

    private static final long serialVersionUID = 1L;

    EntryTooLarge(String message) {
        super(message);
    }
}
