package hudson.tasks;

import hudson.ExtensionPoint;
import hudson.model.User;

public abstract class MailAddressResolver implements ExtensionPoint {

    public static String resolve(User u) {
        throw new UnsupportedOperationException();
    }
}
