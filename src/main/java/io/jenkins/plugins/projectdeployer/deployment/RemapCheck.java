package io.jenkins.plugins.projectdeployer.deployment;

import static io.jenkins.plugins.projectdeployer.deployment.Findings.quoted;

import io.jenkins.plugins.projectdeployer.model.Remap;
import java.util.Collection;
import java.util.List;

/** The deployment's own remaps can be meant: both names given, and the bundle uses the source. */
final class RemapCheck {

    private RemapCheck() {}

    static void check(Intent intent, Findings findings) {
        var own = intent.deployment().settings().remapping();
        var below = intent.infrastructure().remapping();
        var contents = intent.contents();
        table("connections", own.connections(), below.connections(), contents.requiredConnections().keySet(), findings);
        table("codeEnvs", own.codeEnvs(), below.codeEnvs(), contents.codeEnvs(), findings);
        table("containerExecs", own.containerExecs(), below.containerExecs(), contents.containerExecs(), findings);
    }

    private static void table(String name, List<Remap> own, List<Remap> below, Collection<String> used, Findings findings) {
        for (Remap remap : own) {
            if (remap.source() == null || remap.target() == null) {
                findings.error("REMAP_INCOMPLETE", name + ": a remap needs both source and target, got source " + quoted(remap.source())
                        + " and target " + quoted(remap.target()) + ".");
            } else if (!used.contains(remap.source()) && !below.contains(remap)) {
                findings.info("REMAP_UNUSED", name + ": the bundle does not use " + quoted(remap.source()) + ", so its remap to "
                        + quoted(remap.target()) + " changes nothing.");
            }
        }
    }
}
