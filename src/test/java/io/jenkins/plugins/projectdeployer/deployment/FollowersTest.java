package io.jenkins.plugins.projectdeployer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowersTest {

    @Test
    void who_leaves_is_told_nothing_more_and_the_others_are() {
        Followers followers = new Followers();
        List<String> stays = new ArrayList<>();
        List<String> leaves = new ArrayList<>();
        UpdateListener leaving = to(leaves);
        followers.add(1, to(stays));
        followers.add(1, leaving);
        followers.progress(1, "one");

        followers.remove(1, leaving);
        followers.remove(2, leaving);
        followers.progress(1, "two");

        assertThat(stays).containsExactly("one", "two");
        assertThat(leaves).containsExactly("one");
    }

    private static UpdateListener to(List<String> lines) {
        return new UpdateListener() {
            @Override
            public void progress(String line) {
                lines.add(line);
            }

            @Override
            public void changed(Update update) {
                // Only lines matter here.
            }

            @Override
            public void ended(Update update) {
                // Only lines matter here.
            }
        };
    }
}
