package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TechnicalUserTest {

    @Test
    void the_first_pattern_that_names_the_job_counts() {
        Configuration configuration = with(new TechnicalUser("team/nightly", "svc_one"), new TechnicalUser("team/*", "svc_two"));

        assertThat(configuration.technicalUser("team/nightly")).contains("svc_one");
        assertThat(configuration.technicalUser("team/nightly/job")).contains("svc_two");
        assertThat(configuration.technicalUser("other/nightly")).isEmpty();
        assertThat(configuration.technicalUser("team")).isEmpty();
    }

    @Test
    void half_a_line_is_refused_and_says_what_it_holds() {
        assertThat(ConfigurationCheck.problems(with(new TechnicalUser("nightly", " "))))
                .singleElement().asString().contains("technicalUsers", "\"nightly\"");
        assertThat(ConfigurationCheck.problems(with(new TechnicalUser("a", "svc"), new TechnicalUser("A", "svc"))))
                .singleElement().asString().contains("is there twice");
    }

    private static Configuration with(TechnicalUser... users) {
        return new Configuration(null, null, null, null, null, null, null, null, List.of(users), false);
    }
}
