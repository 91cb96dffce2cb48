package io.jenkins.plugins.projectdeployer.demo;

import java.io.PrintStream;

/** What the demo prints, as it happens: whole lines, and lines that grow word by word; stages stand in the margin. */
final class DemoLog {

    private static final int WIDTH = 150;
    private static final int MARGIN = 15;

    private final PrintStream out;
    private String margin = "";
    private String stage = "";
    private boolean growing;

    DemoLog(PrintStream out) {
        this.out = out;
    }

    /** What follows belongs to this stage; null: to none. */
    synchronized void stage(String name) {
        endLine();
        stage = name == null ? "" : "  " + name;
        margin = name == null ? "" : " ".repeat(MARGIN);
    }

    /** One line; a longer one goes on below, further in. */
    synchronized void line(String text) {
        endLine();
        String indent = " ".repeat(text.length() - text.stripLeading().length());
        StringBuilder line = new StringBuilder(margin()).append(indent);
        for (String word : text.stripLeading().split("(?<=\\S)(?= )")) {
            if (line.length() + word.length() > WIDTH) {
                out.println(line);
                line = new StringBuilder(margin).append(indent).append("  ").append(word.stripLeading());
            } else {
                line.append(word);
            }
        }
        out.println(line);
        out.flush();
    }

    /** Nothing but an empty line, and a heading below it. */
    synchronized void heading(String text) {
        stage(null);
        out.println();
        line(text);
    }

    /** A table, indented. */
    synchronized void table(Table table) {
        endLine();
        table.lines().forEach(line -> out.println("  " + line));
        out.flush();
    }

    /** One more word on the line that grows; begins one with {@code beginning} where none does. */
    synchronized void word(String beginning, String word) {
        out.print((growing ? "" : margin() + beginning) + " " + word);
        out.flush();
        growing = true;
    }

    private void endLine() {
        if (growing) {
            out.println();
            growing = false;
        }
    }

    /** The stage's name on its first line, and room for it on the others. */
    private String margin() {
        String shown = stage.isEmpty() ? margin : String.format("%-" + MARGIN + "s", stage);
        stage = "";
        return shown;
    }
}
