package io.jenkins.plugins.projectdeployer.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TypedTableTest {

    /** Texts that look like something else, and any others. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of("10", "-1e3", "075001", "true", "null", "\"10\"", "\"", "[1]", "{}", " a ", "a=b", "a = \"b\"", "=", "", "10 apples",
                        "two\nlines", "\\", "\"a\" b", "\u2028"),
                Arbitraries.strings().withChars("\"\\= \n\r\t1at{").ofMaxLength(8),
                Arbitraries.strings().ofMaxLength(12).filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c))));
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> plain = Arbitraries.oneOf(texts().map(Object.class::cast), Arbitraries.of(true, false), Arbitraries.integers().map(Object.class::cast));
        return Arbitraries.oneOf(plain, plain.list().ofMaxSize(3).map(Object.class::cast), Arbitraries.maps(texts(), plain).ofMaxSize(3).map(Object.class::cast));
    }

    @Provide
    Arbitrary<Map<String, Object>> tables() {
        return Arbitraries.maps(texts(), values()).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Map<String, String>> tablesOfTexts() {
        return Arbitraries.maps(texts(), texts()).ofMaxSize(4);
    }

    @Property(tries = 500)
    void variables_that_are_written_are_read_as_they_were(@ForAll("tables") Map<String, Object> table) {
        assertThat(TypedTable.read(TypedTable.write(table), TypedTable::variable)).isEqualTo(table);
    }

    @Property(tries = 500)
    void texts_that_are_written_are_read_as_they_were(@ForAll("tablesOfTexts") Map<String, String> table) {
        assertThat(TypedTable.read(TypedTable.write(table), TypedTable::text)).isEqualTo(table);
        List<String> names = new ArrayList<>(table.keySet());
        assertThat(new ArrayList<>(TypedTable.read(TypedTable.write(names), TypedTable::text).keySet())).isEqualTo(names);
    }

    @Example
    void what_is_plain_is_written_plainly() {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("zip", "75001");
        table.put("limit", 10);
        table.put("region", "eu west");
        table.put("none", null);
        table.put("sizes", Arrays.asList(1, "2"));
        assertThat(TypedTable.write(table)).isEqualTo("zip = \"75001\"\nlimit = 10\nregion = eu west\nnone = null\nsizes = [1,\"2\"]");
        assertThat(TypedTable.read("a=b\n b = 10 apples \n\nc", TypedTable::variable)).isEqualTo(Map.of("a", "b", "b", "10 apples", "c", ""));
    }

    /** Whoever reads Jenkins can have a form checked: what takes a moment here took minutes where blanks were tried again and again. */
    @Example
    void a_long_line_is_read_in_one_go() {
        String line = "a" + " ".repeat(300_000) + "b";
        assertTimeoutPreemptively(Duration.ofSeconds(30), () ->
                assertThat(TypedTable.read(line, TypedTable::text)).isEqualTo(Map.of(line, "")));
    }
}
