package io.jenkins.plugins.projectdeployer.jenkins.mail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One piece of news on its way to everybody. An address that is refused keeps nobody else from being told; a server that
 * cannot be reached does, since each try would take as long as the first.
 */
final class Round {

    private Round() {}

    /** A way to one address. */
    @FunctionalInterface
    interface Delivery {

        void to(String address) throws Exception;
    }

    /** @throws Exception the first failure, with all others in it */
    static void of(Collection<String> addresses, Delivery delivery) throws Exception {
        List<Exception> failures = new ArrayList<>();
        for (String address : addresses) {
            try {
                delivery.to(address);
            } catch (Exception e) {
                failures.add(e);
                if (isOfTheConnection(e)) {
                    break;
                }
            }
        }
        if (!failures.isEmpty()) {
            Exception first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    /** What a server says of an address has no I/O failure for its cause; a connection that fails or breaks has. */
    private static boolean isOfTheConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
