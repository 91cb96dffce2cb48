package io.jenkins.plugins.projectdeployer.embedded;

import java.time.Duration;

/** Something that goes wrong with one request on purpose. */
public sealed interface Fault {

    /** The connection ends before anything is answered or done. */
    record Drop() implements Fault {}

    /** Nothing is ever answered, until the node is closed or {@link Faults#release()} is called. */
    record Hang() implements Fault {}

    /** The connection ends after this many bytes of the request's body. */
    record CutUpload(long afterBytes) implements Fault {}

    /** The request is carried out; of the answer's body only this many bytes arrive. With -1 not even the head does. */
    record CutReply(long afterBytes) implements Fault {}

    /** The request is carried out; of the answer's body only this many bytes arrive, and no end comes, as after {@link Hang}. */
    record HangReply(long afterBytes) implements Fault {}

    /** An error in Dataiku's shape; the request is not carried out. */
    record DataikuError(int status, String errorType, String message) implements Fault {}

    /** An error page, as a proxy gives it; the request is not carried out. */
    record HtmlError(int status, String title) implements Fault {}

    /** Any body with any status; the request is not carried out. */
    record Answer(int status, String contentType, String body) implements Fault {}

    /** The request is carried out this much later. */
    record Delay(Duration by) implements Fault {}

    /** Something else happens first, such as another person's change or the node going down; then the request is carried out. */
    record Meanwhile(Runnable action) implements Fault {}

    /** A redirect to elsewhere; the request is not carried out. */
    record Redirect(int status, String location) implements Fault {}
}
