package hudson.console;

public class HyperlinkNote extends ConsoleNote {

    public static String encodeTo(String url, String text) {
        throw new UnsupportedOperationException();
    }
}
