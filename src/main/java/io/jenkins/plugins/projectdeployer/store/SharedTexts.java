package io.jenkins.plugins.projectdeployer.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Makes one of equal short texts that are read soon after each other. Entries name the same people, nodes and bundles over
 * and over, and the records that come of them keep what was read.
 */
final class SharedTexts extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;
    private static final int PLACES = 1 << 13;
    private static final int LONGEST = 40;

    /** Each where its hash says, until another comes. Threads may overtake each other here: a text is as good as its equal. */
    private final String[] lately = new String[PLACES];

    @Override
    public TextNode textNode(String text) {
        return super.textNode(text == null || text.length() > LONGEST ? text : shared(text));
    }

    private String shared(String text) {
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 13) & (PLACES - 1);
        String known = lately[place];
        if (text.equals(known)) {
            return known;
        }
        lately[place] = text;
        return text;
    }
}
