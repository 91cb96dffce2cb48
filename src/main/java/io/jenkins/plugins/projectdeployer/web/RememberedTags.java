package io.jenkins.plugins.projectdeployer.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tags over what is answered, for an answer that costs much and that most of what is recorded does not change. It is made
 * again only when something was recorded, and sent again only when it is another one.
 */
final class RememberedTags {

    private static final int KEPT = 64;

    private final Map<String, String> tags = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    });

    /** @param answer depends on what is recorded, on what the caller may see and on the query alone */
    WebReply reply(Routes.Call call, Supplier<JsonNode> answer) {
        String moment = call.view().recorded() + " " + call.view().version() + " " + call.request().query();
        String known = tags.get(moment);
        if (known != null && known.equals(call.request().ifNoneMatch())) {
            return WebReply.notModified(known);
        }
        JsonNode json = answer.get();
        tags.put(moment, ContentTag.of(json));
        return ContentTag.reply(call, json);
    }
}
