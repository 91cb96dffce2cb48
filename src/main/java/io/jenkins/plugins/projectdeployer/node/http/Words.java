package io.jenkins.plugins.projectdeployer.node.http;

import io.jenkins.plugins.projectdeployer.model.Ids;
import java.time.Duration;

/** How messages write things. */
final class Words {

    private Words() {}

    /** Text from outside, in double quotes, fit for one line. */
    static String quoted(String text) {
        return '"' + Ids.printable(text) + '"';
    }

    /** A time limit as people say it. */
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (time.toMillis() % 1000 != 0) {
            return time.toMillis() + " ms";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
