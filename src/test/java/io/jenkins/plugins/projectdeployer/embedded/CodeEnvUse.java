package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A code env that a project asks for by name. */
record CodeEnvUse(String language, String name) {

    /** Those that a project's settings name. */
    static List<CodeEnvUse> in(JsonNode settings) {
        List<CodeEnvUse> uses = new ArrayList<>();
        for (String language : new String[] {"python", "r"}) {
            JsonNode env = settings.path("codeEnvs").path(language);
            if (env.path("mode").asText().equals("EXPLICIT_ENV") && env.hasNonNull("envName")) {
                uses.add(new CodeEnvUse(language.toUpperCase(Locale.ROOT), env.get("envName").asText()));
            }
        }
        return uses;
    }

    /** Those that a bundle names in its settings or its manifest. */
    static Set<CodeEnvUse> in(BundleContents bundle) {
        Set<CodeEnvUse> uses = new LinkedHashSet<>(in(bundle.params.path("settings")));
        for (JsonNode ref : bundle.manifest.path("usedCodeEnvRefs")) {
            String name = ref.path("envName").asText(ref.path("name").asText(null));
            if (name != null) {
                uses.add(new CodeEnvUse(ref.path("envLang").asText(ref.path("language").asText("PYTHON")), name));
            }
        }
        return uses;
    }
}
