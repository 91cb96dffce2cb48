package io.jenkins.plugins.projectdeployer.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How moments are written for people, in logs and messages; what machines read has them whole. */
public final class Moment {

    private Moment() {}

    /** To the second, in UTC: {@code 2026-11-22T20:41:14Z}. */
    public static String words(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
