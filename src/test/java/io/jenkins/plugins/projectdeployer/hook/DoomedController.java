package io.jenkins.plugins.projectdeployer.hook;

import java.nio.file.Path;
import java.time.Duration;

/** A controller of its own process that starts one hook and waits to be killed. Arguments: directory, engine, text. */
final class DoomedController {
    private DoomedController() {}

    public static void main(String[] arguments) throws Exception {
        Hooks hooks = new Hooks(Path.of(arguments[0]));
        HookOutcome outcome = hooks.run(
                Hooks.hook(Hooks.engine(arguments[1]), arguments[2]).limit(Duration.ofSeconds(1)));
        System.out.println("not killed in time: " + outcome);
    }
}
