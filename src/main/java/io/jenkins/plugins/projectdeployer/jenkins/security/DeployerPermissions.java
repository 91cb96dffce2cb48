package io.jenkins.plugins.projectdeployer.jenkins.security;

import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/**
 * Our own Jenkins permissions: what concerns the whole controller and no single infrastructure or project. Everything
 * else is granted on infrastructures and published projects.
 */
public final class DeployerPermissions {

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(DeployerPermissions.class);

    /** The group in which they are shown. */
    public static final PermissionGroup GROUP = new PermissionGroup(DeployerPermissions.class, text("group"));

    /** Publish a project for the first time, where no rule names who may. */
    public static final Permission CREATE_PROJECT =
            new Permission(GROUP, "CreateProject", text("createProject"), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    /** Let one update through a freeze of its stage; its approvals are asked for all the same. */
    public static final Permission OVERRIDE_FREEZE =
            new Permission(GROUP, "OverrideFreeze", text("overrideFreeze"), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    /** Open a gate for a while in an emergency; approvals are owed afterwards. */
    public static final Permission BREAK_GLASS =
            new Permission(GROUP, "BreakGlass", text("breakGlass"), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    /** Read the audit, which names everything that was ever deployed, by whom and on whose word. */
    public static final Permission READ_AUDIT =
            new Permission(GROUP, "ReadAudit", text("readAudit"), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    private DeployerPermissions() {}

    /** Makes them known before anybody's rights are read. */
    public static void register() {
        GROUP.getPermissions();
    }

    private static Localizable text(String key) {
        return new Localizable(TEXTS, key);
    }
}
