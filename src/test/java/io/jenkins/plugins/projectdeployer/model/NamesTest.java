package io.jenkins.plugins.projectdeployer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids, patterns, remaps, logins: how names are read, matched and shown. */
class NamesTest {

    private static final Remapping BELOW = new Remapping(
            List.of(new Remap("sql-dev", "sql-prod"), new Remap("s3", "s3-prod")), List.of(new Remap("py", "py311")), List.of());
    private static final Remapping OWN =
            new Remapping(List.of(new Remap("sql-dev", "sql-own")), List.of(), List.of(new Remap("small", "large")));

    @ParameterizedTest
    @CsvSource({
        "*, CHURN, true", "*, '', true", "CHURN*, CHURN, true", "CHURN*, CHURN_EU, true", "CHURN*, churn, false", "CHURN, CHURN_EU, false",
        "*_EU, CHURN_EU, true", "C*N*U, CHURN_EU, true", "a.c, abc, false", "a.c, a.c, true", "'', '', true", "'', x, false", "[a], a, false"
    })
    void only_the_star_stands_for_something_else(String pattern, String text, boolean matches) {
        assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
    }

    @Property
    void every_text_matches_itself_and_any_end_of_it_behind_a_star(@ForAll @StringLength(max = 50) String text, @ForAll int cut) {
        String end = text.substring(Math.floorMod(cut, text.length() + 1));

        if (!text.contains("*")) {
            assertThat(Wildcard.matches(text, text)).isTrue();
            assertThat(Wildcard.matches("*" + end, text)).isTrue();
        }
    }

    @Property
    void stars_match_as_any_run_of_characters_does_in_a_regular_expression(
            @ForAll @Chars({'a', 'b', '*'}) @StringLength(max = 8) String pattern, @ForAll @Chars({'a', 'b'}) @StringLength(max = 8) String text) {
        assertThat(Wildcard.matches(pattern, text)).isEqualTo(text.matches(pattern.replace("*", ".*")));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_long_text_and_many_stars_are_no_work() {
        assertThat(Wildcard.matches("*a".repeat(30) + "*b", "a".repeat(100_000))).isFalse();
    }

    @Test
    void a_line_break_is_matched_like_anything_else() {
        assertThat(Wildcard.matches("a*b", "a\n\\E\nb")).isTrue();
        assertThat(Wildcard.matches("a\\Eb*", "a\\Ebc")).isTrue();
    }

    @Property
    void what_is_shown_has_no_control_characters_and_stays_short(@ForAll String outside) {
        String shown = Ids.printable(outside);

        assertThat(shown.codePoints()).noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE || c == '\u2028' || c == '\u2029');
        assertThat(shown.length()).isLessThanOrEqualTo(200 + 10);
    }

    @Property
    void plain_text_is_shown_as_it_is(@ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 200) String plain) {
        assertThat(Ids.printable(plain)).isEqualTo(plain);
    }

    @Test
    void what_could_fool_a_reader_is_escaped_and_what_is_too_long_is_cut() {
        assertThat(Ids.printable("a\u001b[31m\r\n\u202eb\u2028")).isEqualTo("a\\u001b[31m\\u000d\\u000a\\u202eb\\u2028");
        assertThat(Ids.printable("x".repeat(201))).isEqualTo("x".repeat(200) + "…");
        assertThat(Ids.printable("Zürich 😀")).isEqualTo("Zürich 😀");
        assertThat(Ids.printable("\ud800")).isEqualTo("\\ud800");
        assertThat(Ids.printable(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"prod, true", "9, true", "A-b_c.d, true", "a., false", ".a, false", "-a, false", "_a, false", "a/b, false", "'', false", "é, false"})
    void ids_of_ours_have_one_form(String id, boolean valid) {
        assertThat(Ids.isValid(id)).isEqualTo(valid);
    }

    @Test
    void ids_of_ours_have_64_characters_at_most_and_end_where_they_end() {
        assertThat(Ids.isValid("a".repeat(64))).isTrue();
        assertThat(Ids.isValid("a".repeat(65))).isFalse();
        assertThat(Ids.isValid("a\n")).isFalse();
        assertThat(Ids.isValid(null)).isFalse();
    }

    @Test
    void a_remap_of_its_own_wins_source_by_source_and_the_rest_stays() {
        Remapping merged = BELOW.overriddenBy(OWN);

        assertThat(merged.connection("sql-dev")).isEqualTo("sql-own");
        assertThat(merged.connection("s3")).isEqualTo("s3-prod");
        assertThat(merged.connection("unmapped")).isEqualTo("unmapped");
        assertThat(merged.codeEnv("py")).isEqualTo("py311");
        assertThat(merged.containerExec("small")).isEqualTo("large");
        assertThat(merged.connections()).as("the order of the table below stays").containsExactly(
                new Remap("sql-dev", "sql-own"), new Remap("s3", "s3-prod"));
    }

    @Test
    void laying_a_table_over_itself_or_over_nothing_changes_nothing() {
        assertThat(BELOW.overriddenBy(BELOW)).isEqualTo(BELOW);
        assertThat(BELOW.overriddenBy(Remapping.NONE)).isEqualTo(BELOW);
        assertThat(Remapping.NONE.overriddenBy(BELOW)).isEqualTo(BELOW);
    }

    @Test
    void the_same_name_in_another_table_is_another_thing() {
        assertThat(BELOW.codeEnv("sql-dev")).isEqualTo("sql-dev");
    }

    @Test
    void half_a_remap_renames_nothing() {
        Remapping half = new Remapping(List.of(new Remap(null, "x"), new Remap("sql-dev", null)), null, null);

        assertThat(half.connection("sql-dev")).isEqualTo("sql-dev");
    }

    @Test
    void a_login_is_found_by_table_then_by_pattern_then_by_name() {
        LoginMapping mapping = new LoginMapping(List.of(new LoginMapping.Entry("alice", "a.smith")), "{user}@example.com");

        assertThat(mapping.login("alice")).isEqualTo("a.smith");
        assertThat(mapping.login("bob")).isEqualTo("bob@example.com");
        assertThat(LoginMapping.SAME.login("bob")).isEqualTo("bob");
    }

    @Test
    void the_login_table_is_asked_as_the_directory_compares_ids() {
        LoginMapping mapping = new LoginMapping(List.of(new LoginMapping.Entry("alice", "a.smith")), null);

        assertThat(mapping.login("ALICE")).isEqualTo("ALICE");
        assertThat(mapping.login("ALICE", id -> id.toLowerCase(Locale.ENGLISH))).isEqualTo("a.smith");
    }

    @Test
    void a_user_id_with_dollars_and_braces_is_put_into_the_pattern_as_it_is() {
        assertThat(new LoginMapping(null, "x-{user}").login("$1{user}")).isEqualTo("x-$1{user}");
    }

    @ParameterizedTest
    @CsvSource({"NONE, NONE", "none, NONE", "READ_ONLY, READ_ONLY", "Limited, READ_ONLY", "' limited ', READ_ONLY", "ALL, ALL", "Full, ALL"})
    void propagation_is_read_by_the_names_of_api_and_pages(String written, PermissionsPropagation meant) {
        assertThat(PermissionsPropagation.of(written)).isEqualTo(meant);
    }

    @Test
    void another_word_for_propagation_is_refused_with_those_there_are() {
        assertThatThrownBy(() -> PermissionsPropagation.of("some\n")).hasMessage("permissionsPropagation \"some\\u000a\" is none of NONE, READ_ONLY, ALL");
    }

    @Test
    void a_link_is_built_on_the_external_url_and_encodes_the_project() {
        assertThat(infrastructure("https://people.example.com/dss/").link("A/B C")).isEqualTo("https://people.example.com/dss/projects/A%2FB%20C/");
        assertThat(infrastructure(null).link("CHURN")).isEqualTo("https://prod.example.com:10000/projects/CHURN/");
    }

    private static Infrastructure infrastructure(String externalUrl) {
        return new Infrastructure("prod", "Production", List.of(new NodeAddress("https://prod.example.com:10000/", "key")), externalUrl, null,
                null, null, null, null, null, null, null);
    }
}
