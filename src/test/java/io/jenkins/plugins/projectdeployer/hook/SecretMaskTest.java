package io.jenkins.plugins.projectdeployer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
    @Property(tries = 300)
    void a_secret_is_hidden_wherever_it_stands(
            @ForAll @StringLength(min = 1, max = 30) String secret,
            @ForAll @StringLength(max = 10) String before,
            @ForAll @StringLength(max = 10) String after) {
        Assume.that(!secret.isBlank() && !SecretMask.STARS.contains(secret));
        Assume.that(!before.contains("*") && !after.contains("*") && !secret.contains("*"));
        SecretMask mask = new SecretMask(List.of(secret));
        assertThat(mask.mask(before + secret + after)).doesNotContain(secret);
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        assertThat(mask.mask("t=" + url)).isEqualTo(mask.mask("t=") + SecretMask.STARS);
    }

    @Property(tries = 200)
    void basic_authentication_hides_the_password(
            @ForAll @StringLength(max = 6) String user, @ForAll @StringLength(min = 12, max = 30) String password) {
        Assume.that(!password.isBlank());
        String header = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        assertThat(new SecretMask(List.of(password)).mask(header)).contains(SecretMask.STARS);
    }

    @Test
    void each_line_of_a_key_is_hidden_and_short_lines_are_not() {
        SecretMask mask = new SecretMask(List.of("first-line\r\n  second-line\n}\n"));
        assertThat(mask.mask("a first-line b second-line c } d")).isEqualTo("a **** b **** c } d");
    }

    @Test
    void nothing_is_hidden_without_secrets() {
        assertThat(new SecretMask(List.of("", "  \n")).mask("a  b\n")).isEqualTo("a  b\n");
    }

    @Test
    void a_secret_that_the_limit_of_the_output_cuts_in_two_does_not_show() {
        SecretMask mask = new SecretMask(List.of("0123456789"));
        for (int shift = 0; shift < 20; shift++) {
            HookOutput output = new HookOutput(mask.longest());
            byte[] filler = new byte[HookOutput.KEPT - 10 + shift];
            Arrays.fill(filler, (byte) 'x');
            output.take(filler, filler.length);
            byte[] rest = ("0123456789" + "y".repeat(100)).getBytes(StandardCharsets.US_ASCII);
            output.take(rest, rest.length);
            assertThat(output.text(mask)).doesNotContain("0123");
            assertThat(output.leftOut()).isEqualTo(100 + shift);
        }
    }
}
