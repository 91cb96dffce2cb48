package io.jenkins.plugins.projectdeployer.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it: {@code 90s}, {@code 30m}, {@code 24h}, {@code 7d}. A day is 24 hours. */
public record Span(Duration duration) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})\\s*([smhd])");

    /** Reads {@code 24h}; blank is null. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Span of(String typed) {
        String text = Text.trimmed(typed);
        if (text == null) {
            return null;
        }
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + Ids.printable(text) + "\" is no length of time; write a number and s, m, h"
                    + " or d, such as 24h");
        }
        long number = Long.parseLong(matcher.group(1));
        return new Span(switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        });
    }

    /** For people: the two largest units, such as {@code 3 d 4 h}. */
    public static String words(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d" + (duration.toHoursPart() > 0 ? " " + duration.toHoursPart() + " h" : "");
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h" + (duration.toMinutesPart() > 0 ? " " + duration.toMinutesPart() + " min" : "");
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    /** In the largest unit that it fills whole. */
    @JsonValue
    @Override
    public String toString() {
        long seconds = duration.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds > 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
