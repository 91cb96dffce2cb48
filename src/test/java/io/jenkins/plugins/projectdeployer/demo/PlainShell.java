package io.jenkins.plugins.projectdeployer.demo;

import io.jenkins.plugins.projectdeployer.web.OwnApi;
import io.jenkins.plugins.projectdeployer.web.Page;
import io.jenkins.plugins.projectdeployer.web.WebReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands in for what Jenkins puts around the pages: a bare frame, the same modules, under the same rules for scripts. It
 * knows nothing and keeps nothing; whoever opens a page types a key, with which the page asks for what it shows.
 */
final class PlainShell {

    private static final String ROOT = "/project-deployer/";
    private static final Map<String, String> TYPES = Map.of("css", "text/css", "js", "text/javascript");
    private static final String FRAME = read("index.html");

    private final Path webapp;

    /** @param webapp the directory that Jenkins would serve as the plugin's static files */
    PlainShell(Path webapp) {
        this.webapp = webapp;
    }

    /** What is at a path of this shell; empty when nothing is. */
    Optional<WebReply> at(String rawPath) {
        if (!rawPath.startsWith(ROOT)) {
            return Optional.empty();
        }
        List<String> segments = Arrays.stream(rawPath.substring(ROOT.length()).split("/"))
                .map(segment -> URI.create("x:/" + segment).getPath().substring(1))
                .toList();
        return segments.get(0).equals("static") && segments.size() == 3 ? file(segments.get(1), segments.get(2)) : page(segments);
    }

    private Optional<WebReply> file(String directory, String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !name.matches("[a-z-]+\\.[a-z]+")) {
            return Optional.empty();
        }
        return switch (directory) {
            case "shell" -> Optional.of(reply(type, read(name)));
            case "css", "js" -> Optional.of(webapp.resolve(directory).resolve(name)).filter(Files::exists)
                    .map(file -> reply(type, read(file)));
            default -> Optional.empty();
        };
    }

    private Optional<WebReply> page(List<String> segments) {
        String item = segments.size() > 1 ? segments.get(1) : null;
        return Arrays.stream(Page.values())
                .filter(page -> page.path().equals(segments.get(0)) && page.isListed() == (item == null))
                .findFirst()
                .map(page -> reply("text/html", FRAME
                        .replace("{title}", escaped(item == null ? page.title() : item))
                        .replace("{item}", escaped(item == null ? "" : item))
                        .replace("{module}", page.module())));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** With the rule for scripts that Jenkins sends. */
    private static WebReply reply(String type, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", type + ";charset=utf-8"));
        headers.put("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                + " img-src 'self' data:; base-uri 'none'; form-action 'self'");
        return new WebReply(200, headers, octets.length, () -> new ByteArrayInputStream(octets));
    }

    private static String read(String name) {
        try (var stream = PlainShell.class.getResourceAsStream("shell/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
