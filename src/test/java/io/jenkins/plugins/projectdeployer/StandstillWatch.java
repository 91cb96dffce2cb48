package io.jenkins.plugins.projectdeployer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Ends a JVM in which no test has begun or ended for {@code -Dstandstill.minutes=} (8), and says where it stands. For whatever
 * JUnit's own time limit (junit-platform.properties) does not end: properties, extensions, and what heeds no interrupt.
 */
public final class StandstillWatch implements TestExecutionListener {

    private static final int MINUTES = Integer.getInteger("standstill.minutes", 8);

    private volatile String last = "the beginning";
    private volatile long since;
    private volatile boolean over;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        since = System.nanoTime();
        Thread watch = new Thread(this::watch, "standstill watch");
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        moved("the beginning of ", test);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        moved("the end of ", test);
    }

    private void moved(String what, TestIdentifier test) {
        last = what + test.getUniqueId();
        since = System.nanoTime();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        over = true;
    }

    private void watch() {
        try {
            while (!over) {
                if (System.nanoTime() - since > TimeUnit.MINUTES.toNanos(MINUTES)) {
                    // Not System.err: what runs tests keeps that back until they end.
                    new PrintStream(new FileOutputStream(FileDescriptor.err), true).println(standstill());
                    Runtime.getRuntime().halt(1);
                }
                Thread.sleep(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String standstill() {
        StringBuilder said = new StringBuilder("Nothing has begun or ended for " + MINUTES + " minutes since " + last
                + ". This JVM is ended. Its threads:\n");
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            said.append('\n').append(thread).append(' ').append(thread.getState()).append('\n');
            for (StackTraceElement frame : frames) {
                said.append("    at ").append(frame).append('\n');
            }
        });
        return said.toString();
    }
}
