package io.jenkins.plugins.projectdeployer.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import hudson.util.FormValidation;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void a_long_line_is_checked_in_one_go() {
        String line = "\"a" + " ".repeat(300_000) + "b\"" + " ".repeat(300_000) + "c";
        assertTimeoutPreemptively(Duration.ofSeconds(30), () ->
                assertThat(TypedTable.check(line).kind).isEqualTo(FormValidation.Kind.ERROR));
    }
}
