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

    @Test
    void the_first_to_follow_hears_what_was_said_before_and_nobody_hears_it_twice() {
        Followers followers = new Followers();
        followers.begin(1);
        for (int line = 1; line <= 250; line++) {
            followers.progress(1, "line " + line);
        }
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        followers.add(1, to(first));
        followers.add(1, to(second));
        followers.progress(1, "now");

        assertThat(first).hasSize(201).startsWith("line 51").endsWith("line 250", "now");
        assertThat(second).containsExactly("now");
    }

    @Test
    void what_is_said_of_an_update_that_nobody_carries_out_any_more_is_not_kept() {
        Followers followers = new Followers();
        followers.progress(1, "late");
        List<String> lines = new ArrayList<>();
        followers.add(1, to(lines));

        assertThat(lines).isEmpty();
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
