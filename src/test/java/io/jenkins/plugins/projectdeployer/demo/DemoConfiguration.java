package io.jenkins.plugins.projectdeployer.demo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The file that configures Jenkins as code, as far as the demo needs it: the deployer's part, Secret texts, and who there
 * is. A key that nobody reads is refused, so that a slip of the pen does not pass in silence.
 *
 * @param deployer what stands under {@code unclassified: projectDeployer:}, checked
 * @param secrets Secret texts by credentials id
 * @param users ids of the users of Jenkins' own database
 */
record DemoConfiguration(Configuration deployer, Map<String, String> secrets, List<String> users) {

    private static final ObjectMapper YAML = new YAMLMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final ObjectMapper STRICT = Json.MAPPER.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * Reads the file.
     *
     * @param values of the variables in it
     * @throws IllegalArgumentException when something in it is wrong; the message says where
     */
    static DemoConfiguration read(Path file, Map<String, String> values) throws IOException {
        try {
            JsonNode document = new Variables(values).resolvedIn(YAML.readTree(Files.readString(file)));
            Document read = STRICT.treeToValue(document, Document.class);
            return new DemoConfiguration(read.deployer(), read.secrets(), read.users());
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(file.getFileName() + ": unknown key " + place(e) + "; known there: "
                    + new TreeSet<>(e.getKnownPropertyIds()), e);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(file.getFileName() + ": " + place(e) + ": " + cause(e), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file.getFileName() + ": " + e.getOriginalMessage() + ", line "
                    + e.getLocation().getLineNr(), e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** {@code unclassified.projectDeployer.infrastructures[0].stage}. */
    private static String place(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String cause(JsonMappingException e) {
        return e.getCause() == null || e.getCause().getMessage() == null ? e.getOriginalMessage() : e.getCause().getMessage();
    }

    /** {@code authorizationStrategy} and {@code security} are Jenkins' own business: taken as they are. */
    private record Document(JenkinsPart jenkins, CredentialsPart credentials, JsonNode security, UnclassifiedPart unclassified) {

        private Configuration deployer() {
            if (unclassified == null || unclassified.projectDeployer() == null) {
                throw new IllegalArgumentException("unclassified.projectDeployer is missing");
            }
            return ConfigurationCheck.checked(unclassified.projectDeployer());
        }

        private Map<String, String> secrets() {
            return credentials == null ? Map.of() : credentials.system().domainCredentials().stream()
                    .flatMap(domain -> domain.credentials().stream())
                    .map(Credential::string)
                    .collect(Collectors.toMap(SecretText::id, SecretText::secret));
        }

        private List<String> users() {
            return jenkins == null ? List.of() : jenkins.securityRealm().local().users().stream().map(User::id).toList();
        }
    }

    private record JenkinsPart(Realm securityRealm, JsonNode authorizationStrategy) {}

    private record Realm(LocalRealm local) {}

    private record LocalRealm(boolean allowsSignup, List<User> users) {}

    private record User(String id, String password) {}

    private record CredentialsPart(SystemCredentials system) {}

    private record SystemCredentials(List<Domain> domainCredentials) {}

    private record Domain(List<Credential> credentials) {}

    private record Credential(SecretText string) {}

    private record SecretText(String id, String scope, String description, String secret) {

        private SecretText {
            if (!"SYSTEM".equals(scope)) {
                throw new IllegalArgumentException("scope " + scope + " lets jobs read " + id + "; write SYSTEM");
            }
        }
    }

    private record UnclassifiedPart(Configuration projectDeployer) {}
}
