package io.jenkins.plugins.projectdeployer.jenkins.config;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the reader's language. */
final class Messages {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String BundleStorageConfig_later() {
        return TEXTS.format("BundleStorageConfig.later");
    }

    static String CodeEnvsBehavior_actual() {
        return TEXTS.format("CodeEnvsBehavior.actual");
    }

    static String CodeEnvsBehavior_fail() {
        return TEXTS.format("CodeEnvsBehavior.fail");
    }

    static String CodeEnvsBehavior_install() {
        return TEXTS.format("CodeEnvsBehavior.install");
    }

    static String CodeEnvsBehavior_nothing() {
        return TEXTS.format("CodeEnvsBehavior.nothing");
    }

    static String CodeEnvsBehavior_specified() {
        return TEXTS.format("CodeEnvsBehavior.specified");
    }

    static String ConfigPart_missing(Object field, Object choices) {
        return TEXTS.format("ConfigPart.missing", field, choices);
    }

    static String ConfigPart_none(Object field, Object value, Object choices) {
        return TEXTS.format("ConfigPart.none", field, value, choices);
    }

    static String ConfigPart_within(Object kind, Object name, Object problem) {
        return TEXTS.format("ConfigPart.within", kind, name, problem);
    }

    static String ConnectionTest_noKey() {
        return TEXTS.format("ConnectionTest.noKey");
    }

    static String ConnectionTest_passed() {
        return TEXTS.format("ConnectionTest.passed");
    }

    static String Field_address() {
        return TEXTS.format("Field.address");
    }

    static String Field_certificates() {
        return TEXTS.format("Field.certificates");
    }

    static String Field_directory() {
        return TEXTS.format("Field.directory");
    }

    static String Field_externalUrl() {
        return TEXTS.format("Field.externalUrl");
    }

    static String Field_id() {
        return TEXTS.format("Field.id");
    }

    static String Field_name() {
        return TEXTS.format("Field.name");
    }

    static String Field_url() {
        return TEXTS.format("Field.url");
    }

    static String FolderDeployments_displayName() {
        return TEXTS.format("FolderDeployments.displayName");
    }

    static String FormCheck_both() {
        return TEXTS.format("FormCheck.both");
    }

    static String FormCheck_everyJob() {
        return TEXTS.format("FormCheck.everyJob");
    }

    static String FormCheck_key() {
        return TEXTS.format("FormCheck.key");
    }

    static String FormCheck_neither() {
        return TEXTS.format("FormCheck.neither");
    }

    static String FormCheck_notExecutable() {
        return TEXTS.format("FormCheck.notExecutable");
    }

    static String FormCheck_path(Object problem) {
        return TEXTS.format("FormCheck.path", problem);
    }

    static String FormCheck_unknown(Object ids) {
        return TEXTS.format("FormCheck.unknown", ids);
    }

    static String FreezeConfig_time(Object field, Object value) {
        return TEXTS.format("FreezeConfig.time", field, value);
    }

    static String HookCompilation_compiles(Object engine) {
        return TEXTS.format("HookCompilation.compiles", engine);
    }

    static String HookCompilation_failed(Object reason) {
        return TEXTS.format("HookCompilation.failed", reason);
    }

    static String HookCompilation_line(Object line, Object message) {
        return TEXTS.format("HookCompilation.line", line, message);
    }

    static String HookCompilation_slow(Object seconds) {
        return TEXTS.format("HookCompilation.slow", seconds);
    }

    static String HookConfig_digest(Object digest) {
        return TEXTS.format("HookConfig.digest", digest);
    }

    static String HookConfig_forceSandbox() {
        return TEXTS.format("HookConfig.forceSandbox");
    }

    static String Hook_builtIn() {
        return TEXTS.format("Hook.builtIn");
    }

    static String Hook_post() {
        return TEXTS.format("Hook.post");
    }

    static String Hook_pre() {
        return TEXTS.format("Hook.pre");
    }

    static String InfrastructureConfig_taken() {
        return TEXTS.format("InfrastructureConfig.taken");
    }

    static String InfrastructureFiles_noId() {
        return TEXTS.format("InfrastructureFiles.noId");
    }

    static String InfrastructureFiles_other(Object id, Object file) {
        return TEXTS.format("InfrastructureFiles.other", id, file);
    }

    static String InfrastructureFiles_unlisted(Object directory) {
        return TEXTS.format("InfrastructureFiles.unlisted", directory);
    }

    static String InfrastructureFiles_unreadable() {
        return TEXTS.format("InfrastructureFiles.unreadable");
    }

    static String InfrastructurePage_byCode(Object id) {
        return TEXTS.format("InfrastructurePage.byCode", id);
    }

    static String InfrastructurePage_displayName() {
        return TEXTS.format("InfrastructurePage.displayName");
    }

    static String InfrastructurePage_gone(Object id) {
        return TEXTS.format("InfrastructurePage.gone", id);
    }

    static String InfrastructurePage_nodeTaken(Object url) {
        return TEXTS.format("InfrastructurePage.nodeTaken", url);
    }

    static String InfrastructurePage_stale(Object id) {
        return TEXTS.format("InfrastructurePage.stale", id);
    }

    static String InfrastructurePage_unapproved(Object hooks) {
        return TEXTS.format("InfrastructurePage.unapproved", hooks);
    }

    static String LoginMappingConfig_pattern() {
        return TEXTS.format("LoginMappingConfig.pattern");
    }

    static String NodeConfig_keyDropped(Object url) {
        return TEXTS.format("NodeConfig.keyDropped", url);
    }

    static String NodeConfig_noCredential() {
        return TEXTS.format("NodeConfig.noCredential");
    }

    static String NodeKeys_noKey(Object id) {
        return TEXTS.format("NodeKeys.noKey", id);
    }

    static String NodeKeys_noSecret(Object id) {
        return TEXTS.format("NodeKeys.noSecret", id);
    }

    static String Policies_full() {
        return TEXTS.format("Policies.full");
    }

    static String Policies_limited() {
        return TEXTS.format("Policies.limited");
    }

    static String Policies_none() {
        return TEXTS.format("Policies.none");
    }

    static String ProjectDeployerConfiguration_byCode(Object id) {
        return TEXTS.format("ProjectDeployerConfiguration.byCode", id);
    }

    static String ProjectDeployerConfiguration_changed(Object id) {
        return TEXTS.format("ProjectDeployerConfiguration.changed", id);
    }

    static String ProjectDeployerConfiguration_inPart() {
        return TEXTS.format("ProjectDeployerConfiguration.inPart");
    }

    static String ProjectDeployerConfiguration_givenUp() {
        return TEXTS.format("ProjectDeployerConfiguration.givenUp");
    }

    static String ProjectDeployerConfiguration_interrupted() {
        return TEXTS.format("ProjectDeployerConfiguration.interrupted");
    }

    static String ProjectDeployerConfiguration_unusable() {
        return TEXTS.format("ProjectDeployerConfiguration.unusable");
    }

    static String ProjectDeployerConfiguration_wrong(Object reason) {
        return TEXTS.format("ProjectDeployerConfiguration.wrong", reason);
    }

    static String ProjectDeployerLink_closed(Object why) {
        return TEXTS.format("ProjectDeployerLink.closed", why);
    }

    static String ProjectDeployerLink_description() {
        return TEXTS.format("ProjectDeployerLink.description");
    }

    static String ProjectDeployerLink_displayName() {
        return TEXTS.format("ProjectDeployerLink.displayName");
    }

    static String ProjectDeployerLink_stale() {
        return TEXTS.format("ProjectDeployerLink.stale");
    }

    static String SecretTexts_global() {
        return TEXTS.format("SecretTexts.global");
    }

    static String SecretTexts_none() {
        return TEXTS.format("SecretTexts.none");
    }

    static String SharedFile_gone(Object file) {
        return TEXTS.format("SharedFile.gone", file);
    }

    static String SharedFile_unreadable(Object file) {
        return TEXTS.format("SharedFile.unreadable", file);
    }

    static String StageGate_any() {
        return TEXTS.format("StageGate.any");
    }

    static String StageGate_deployed() {
        return TEXTS.format("StageGate.deployed");
    }

    static String StageGate_healthy() {
        return TEXTS.format("StageGate.healthy");
    }

    static String StageGate_number() {
        return TEXTS.format("StageGate.number");
    }

    static String StageGate_warning() {
        return TEXTS.format("StageGate.warning");
    }

    static String TypedKeys_description(Object owner, Object place) {
        return TEXTS.format("TypedKeys.description", owner, place);
    }

    static String TypedKeys_displayName() {
        return TEXTS.format("TypedKeys.displayName");
    }
}
