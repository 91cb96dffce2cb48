package io.jenkins.plugins.projectdeployer.jenkins.step;

import io.jenkins.plugins.projectdeployer.model.Message;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.actions.LogAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Brings the log of a step that has resumed to where its update's record is: what was recorded when the controller was
 * killed may not have been printed yet, and is said only once by the engine. Not thread-safe.
 */
final class CatchUp {

    private static final Logger LOGGER = Logger.getLogger(CatchUp.class.getName());

    /** What the plugin Timestamper writes before each line. */
    private static final Pattern STAMP = Pattern.compile("^\\[\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z] ");

    /** Null where nothing can be missing. */
    private final Set<String> printed;

    private final Set<String> ahead = new HashSet<>();

    private CatchUp(Set<String> printed) {
        this.printed = printed;
    }

    /** For a step that has only just begun. */
    static CatchUp nothing() {
        return new CatchUp(null);
    }

    /** Reads what the step has printed before Jenkins stopped. */
    static CatchUp of(StepContext context) {
        try {
            LogAction log = context.get(FlowNode.class).getAction(LogAction.class);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            if (log != null) {
                log.getLogText().writeLogTo(0, text);
            }
            return printed(text.toString(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            // Logs may be kept by other plugins; what has been said before is then said again.
            LOGGER.log(Level.WARNING, "The log of a step that goes on could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return nothing();
    }

    /** @param log of the step, as it was when Jenkins stopped */
    static CatchUp printed(String log) {
        return new CatchUp(log.lines().map(line -> STAMP.matcher(line).replaceFirst("")).collect(Collectors.toCollection(HashSet::new)));
    }

    /** What is on record and was not printed; it is taken for printed from here on. */
    List<String> missing(Update update) {
        if (printed == null) {
            return List.of();
        }
        List<String> missing = onRecord(update).filter(printed::add).toList();
        ahead.addAll(missing);
        return missing;
    }

    /** Whether a line that the engine says now is to be printed: it may say what this has just caught up with. */
    boolean isNew(String line) {
        if (printed != null) {
            printed.add(line);
        }
        return !ahead.remove(line);
    }

    /** Whether the step has printed this line before Jenkins stopped. */
    boolean has(String line) {
        return printed != null && printed.contains(line);
    }

    private static Stream<String> onRecord(Update update) {
        Stream<String> gate = update.gate() == null ? Stream.of() : update.gate().linesForLog().stream().map(line -> "gate: " + line);
        return Stream.concat(gate, update.messages().stream().map(Message::line));
    }
}
