package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.model.Descriptor;
import hudson.model.DescriptorByNameOwner;
import hudson.model.Failure;
import hudson.util.FormApply;
import io.jenkins.plugins.projectdeployer.jenkins.security.ApprovedHooks;
import io.jenkins.plugins.projectdeployer.jenkins.security.Visitor;
import io.jenkins.plugins.projectdeployer.model.Configuration;
import io.jenkins.plugins.projectdeployer.model.InfrastructureRight;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import jakarta.servlet.ServletException;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The settings of one infrastructure, for those who administer it and for Jenkins' administrators. Being here at all proves
 * that right, and so do the form checks below it: nobody else gets further than "not found", as for one that is not there.
 */
public final class InfrastructurePage implements DescriptorByNameOwner, StaplerProxy {

    private final InfrastructureConfig instance;

    private InfrastructurePage(InfrastructureConfig instance) {
        this.instance = instance;
    }

    /** The page of the infrastructure of this id; null, which is answered as not found, unless the visitor may configure it. */
    public static InfrastructurePage of(String id) {
        return ProjectDeployerConfiguration.get().infrastructure(id)
                .map(InfrastructurePage::new)
                .filter(InfrastructurePage::isForVisitor)
                .orElse(null);
    }

    /** Lets only those further who may configure: on a page of ours that is settled, elsewhere it takes an administrator. */
    static void checkMayConfigure(InfrastructurePage page) {
        if (page == null || page.getTarget() == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        }
    }

    /** Whether the request on this thread is one to such a page, and so comes from somebody who may configure it. */
    static boolean isShown() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request != null && request.findAncestorObject(InfrastructurePage.class) != null;
    }

    private boolean isForVisitor() {
        Visitor visitor = Visitor.current();
        if (visitor.administers()) {
            return true;
        }
        try {
            return visitor.infrastructure(ProjectDeployerConfiguration.get().configuration(), instance.getId(), InfrastructureRight.ADMIN)
                    .isPresent();
        } catch (Refused e) {
            return false; // the configuration is broken; that is for Jenkins' administrators to see
        }
    }

    @Override
    public Object getTarget() {
        return isForVisitor() ? this : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.InfrastructurePage_displayName();
    }

    @Restricted(DoNotUse.class) // index.jelly
    public InfrastructureConfig getInstance() {
        return instance;
    }

    @Restricted(DoNotUse.class) // index.jelly
    public Descriptor<?> getInstanceDescriptor() {
        return instance.getDescriptor();
    }

    /** Which hooks will not run yet; null when all may. */
    @Restricted(DoNotUse.class) // index.jelly
    public String getUnapproved() {
        try {
            Configuration configuration = ProjectDeployerConfiguration.get().configuration();
            List<String> waiting = configuration.infrastructure(instance.getId())
                    .map(infrastructure -> ApprovedHooks.unapproved(infrastructure, configuration.codeEnvs()))
                    .orElse(List.of());
            return waiting.isEmpty() ? null : Messages.InfrastructurePage_unapproved(String.join(", ", waiting));
        } catch (Refused e) {
            return e.getMessage(); // the configuration is broken; who is here despite that can mend it
        }
    }

    /** Changes with every change of a setting: a form that was opened before is stale. */
    public String getRevision() {
        return Revision.of(instance.toModel());
    }

    /** Saves the form, unless somebody else has saved since it was opened. */
    @POST
    public void doConfigSubmit(StaplerRequest2 req) throws ServletException {
        checkMayConfigure(this);
        checkOwnedByPages();
        JSONObject form = req.getSubmittedForm();
        form.put("id", instance.getId());
        InfrastructureConfig changed = Descriptor.bindJSON(req, InfrastructureConfig.class, form);
        if (instance.isSeed()) {
            changed.ownedByPages();
        }
        if (!Visitor.current().administers()) {
            changed.heldTo(instance);
            checkNodesAreFree(changed);
        }
        TypedKeys.saving(instance.getId(), changed.getNodes(), () -> ProjectDeployerConfiguration.get().replace(changed, current -> {
            if (!new InfrastructurePage(current).getRevision().equals(form.optString("revision"))) {
                throw new Failure(Messages.InfrastructurePage_stale(instance.getId()));
            }
        }));
        throw FormApply.success("../");
    }

    /** Takes the infrastructure out of the configuration. What is deployed on its nodes stays there. */
    @POST
    public void doDoDelete() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        checkOwnedByPages();
        ProjectDeployerConfiguration.get().remove(instance.getId());
        TypedKeys.forgetUnused();
        throw FormApply.success(Jenkins.get().getRootUrlFromRequest() + "manage/project-deployer-configuration/");
    }

    private void checkOwnedByPages() {
        if (instance.isByCode()) {
            throw new Failure(Messages.InfrastructurePage_byCode(instance.getId()));
        }
    }

    /** Asked here, because the check of the whole names the other infrastructure, which may be none of this person's business. */
    private void checkNodesAreFree(InfrastructureConfig changed) {
        for (NodeConfig node : changed.getNodes()) {
            NodeAddress address = node.toModel();
            boolean taken = ProjectDeployerConfiguration.get().configuration().infrastructures().stream()
                    .filter(other -> !instance.is(other.id()))
                    .flatMap(other -> other.nodes().stream())
                    .anyMatch(address::isSameNode);
            if (taken) {
                throw new Failure(Messages.InfrastructurePage_nodeTaken(Ids.printable(node.getUrl())));
            }
        }
    }
}
