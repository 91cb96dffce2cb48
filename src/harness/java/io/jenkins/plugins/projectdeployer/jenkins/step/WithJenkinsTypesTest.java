package io.jenkins.plugins.projectdeployer.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import hudson.FilePath;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import hudson.remoting.VirtualChannel;
import hudson.util.FormValidation;
import io.jenkins.plugins.projectdeployer.model.DeployRequest;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;

/** What of the steps' parts is asked with Jenkins' own types, without a Jenkins. */
class WithJenkinsTypesTest {

    /** What is open stays open on the agent: it is read by way of a call that nobody waits for. */
    @Test
    void nothing_is_opened_where_its_length_is_not_to_be_had() {
        List<String> calls = new ArrayList<>();
        VirtualChannel broken = (VirtualChannel) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {VirtualChannel.class},
                (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (method.getName().equals("call")) {
                        throw new IOException("cut off");
                    }
                    return null;
                });
        assertThatThrownBy(() -> ArchiveStream.of(new FilePath(broken, "v1.zip")).close()).hasMessage("cut off");
        assertThat(calls).containsExactly("call");
    }

    /** Fingerprints may take as long as reading a bundle does. */
    @Test
    void the_engine_does_not_wait_for_what_a_step_does_at_its_end() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        StepContext slow = new SlowContext(asked, goOn);
        Update update = Update.submitted(1, DeployRequest.of("key", "alice", "CHURN", "dev").build(), Instant.EPOCH);
        try {
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> new StepProgress(slow, null, CatchUp.nothing()).ended(update));
            assertThat(asked.await(30, TimeUnit.SECONDS)).as("it is at work meanwhile").isTrue();
        } finally {
            goOn.countDown();
        }
    }

    private static final class SlowContext extends StepContext {

        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch asked;
        private final transient CountDownLatch goOn;

        private SlowContext(CountDownLatch asked, CountDownLatch goOn) {
            this.asked = asked;
            this.goOn = goOn;
        }

        @Override
        public <T> T get(Class<T> key) throws IOException, InterruptedException {
            asked.countDown();
            goOn.await();
            throw new IOException("no build");
        }

        @Override
        public void onSuccess(Object result) {}

        @Override
        public void onFailure(Throwable t) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public ListenableFuture<Void> saveState() {
            return Futures.immediateFuture(null);
        }

        @Override
        public void setResult(Result r) {}

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void a_long_line_is_checked_in_one_go() {
        String line = "\"a" + " ".repeat(300_000) + "b\"" + " ".repeat(300_000) + "c";
        assertTimeoutPreemptively(Duration.ofSeconds(30), () ->
                assertThat(TypedTable.check(line).kind).isEqualTo(FormValidation.Kind.ERROR));
    }
}
