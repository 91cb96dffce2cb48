package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.model.Descriptor;
import hudson.model.DescriptorByNameOwner;
import hudson.model.Failure;
import hudson.util.FormApply;
import io.jenkins.plugins.projectdeployer.model.Json;
import jakarta.servlet.ServletException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The page of one infrastructure. Being here at all proves the right to configure it, and so do the form checks below
 * it: nobody else gets further than "not found".
 */
public final class InfrastructurePage implements DescriptorByNameOwner, StaplerProxy {

    private final InfrastructureConfig instance;

    InfrastructurePage(InfrastructureConfig instance) {
        this.instance = instance;
    }

    /** Lets only those further who may configure: on a page of ours that is settled, elsewhere it takes an administrator. */
    static void checkMayConfigure(InfrastructurePage page) {
        if (page == null || page.getTarget() == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        }
    }

    @Override
    public Object getTarget() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? this : null;
    }

    @Override
    public String getDisplayName() {
        return instance.getId();
    }

    @Restricted(DoNotUse.class) // index.jelly
    public InfrastructureConfig getInstance() {
        return instance;
    }

    @Restricted(DoNotUse.class) // index.jelly
    public Descriptor<?> getInstanceDescriptor() {
        return instance.getDescriptor();
    }

    /** Changes with every change of a setting: a form that was opened before is stale. */
    public String getRevision() {
        try {
            byte[] json = Json.MAPPER.writeValueAsBytes(instance.toModel());
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json), 0, 8);
        } catch (java.io.IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Saves the form, unless somebody else has saved since it was opened. */
    @POST
    public void doConfigSubmit(StaplerRequest2 req) throws ServletException {
        checkMayConfigure(this);
        JSONObject form = req.getSubmittedForm();
        form.put("id", instance.getId());
        InfrastructureConfig changed = Descriptor.bindJSON(req, InfrastructureConfig.class, form);
        ProjectDeployerConfiguration.get().replace(changed, current -> {
            if (!new InfrastructurePage(current).getRevision().equals(form.optString("revision"))) {
                throw new Failure(Messages.InfrastructurePage_stale(instance.getId()));
            }
        });
        throw FormApply.success("../../");
    }

    /** Takes the infrastructure out of the configuration. What is deployed on its nodes stays there. */
    @POST
    public void doDoDelete() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ProjectDeployerConfiguration.get().remove(instance.getId());
        throw FormApply.success("../../");
    }
}
