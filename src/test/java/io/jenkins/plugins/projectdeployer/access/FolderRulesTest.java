package io.jenkins.plugins.projectdeployer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.projectdeployer.access.FolderRules.Rule;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class FolderRulesTest {

    private static final Rule TEAM = new Rule("team", List.of("dev", "test-*"), "CHURN");

    @Test
    void without_rules_a_job_uses_what_it_names() {
        assertThatCode(() -> FolderRules.NONE.check("prod")).doesNotThrowAnyException();
        assertThat(FolderRules.NONE.project("SALES")).isEqualTo("SALES");
        assertThat(FolderRules.NONE.project(null)).isNull();
    }

    @Test
    void a_folder_refuses_by_its_name_what_it_does_not_list() {
        FolderRules rules = new FolderRules(List.of(TEAM));

        assertThatThrownBy(() -> rules.check("prod"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Folder \"team\"")
                .hasMessageContaining("\"prod\"");
        assertThatCode(() -> rules.check("DEV")).doesNotThrowAnyException();
        assertThatCode(() -> rules.check("test-eu")).doesNotThrowAnyException();
    }

    @Test
    void a_folder_inside_does_not_widen_what_the_one_around_it_allows() {
        FolderRules rules = new FolderRules(List.of(new Rule("team/own", List.of("prod"), null), TEAM));

        assertThatThrownBy(() -> rules.check("prod")).hasMessageContaining("Folder \"team\"");
        assertThatThrownBy(() -> rules.check("dev")).hasMessageContaining("Folder \"team/own\"");
    }

    @Test
    void the_nearest_folder_names_the_project_unless_the_job_does() {
        FolderRules rules = new FolderRules(List.of(new Rule("team/own", List.of(), "SALES"), TEAM));

        assertThat(rules.project(null)).isEqualTo("SALES");
        assertThat(rules.project("OTHER")).isEqualTo("OTHER");
        assertThat(new FolderRules(List.of(new Rule("team/own", List.of(), null), TEAM)).project(null)).isEqualTo("CHURN");
    }

    @Property
    void one_more_folder_never_allows_more(
            @ForAll @Size(max = 3) List<@Size(max = 3) List<@StringLength(min = 1, max = 2) @CharRange(from = 'a', to = 'c') String>> around,
            @ForAll @Size(max = 3) List<@StringLength(min = 1, max = 2) @CharRange(from = 'a', to = 'c') String> inside,
            @ForAll @StringLength(min = 1, max = 2) @CharRange(from = 'a', to = 'c') String infrastructure) {
        List<Rule> outer = around.stream().map(ids -> new Rule("outer", ids, null)).toList();
        List<Rule> all = new java.util.ArrayList<>(outer);
        all.add(0, new Rule("inner", inside, null));
        if (allows(all, infrastructure)) {
            assertThat(allows(outer, infrastructure)).isTrue();
        }
    }

    private static boolean allows(List<Rule> rules, String infrastructure) {
        try {
            new FolderRules(rules).check(infrastructure);
            return true;
        } catch (Refused e) {
            return false;
        }
    }
}
