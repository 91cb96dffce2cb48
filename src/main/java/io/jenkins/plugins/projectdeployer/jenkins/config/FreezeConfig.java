package io.jenkins.plugins.projectdeployer.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.projectdeployer.model.ConfigurationCheck;
import io.jenkins.plugins.projectdeployer.model.Freeze;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Refused;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A {@link Freeze} as it is configured. */
public final class FreezeConfig extends ConfigPart<FreezeConfig> {

    private final String name;
    private String start;
    private String end;
    private String rrule;
    private String zone;
    private List<String> infrastructures;
    private List<String> projects;

    @DataBoundConstructor
    public FreezeConfig(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getName() {
        return name;
    }

    public String getStart() {
        return start;
    }

    @DataBoundSetter
    public void setStart(String start) {
        this.start = Util.fixEmptyAndTrim(start);
    }

    public String getEnd() {
        return end;
    }

    @DataBoundSetter
    public void setEnd(String end) {
        this.end = Util.fixEmptyAndTrim(end);
    }

    public String getRrule() {
        return rrule;
    }

    @DataBoundSetter
    public void setRrule(String rrule) {
        this.rrule = Util.fixEmptyAndTrim(rrule);
    }

    public String getZone() {
        return zone;
    }

    @DataBoundSetter
    public void setZone(String zone) {
        this.zone = Util.fixEmptyAndTrim(zone);
    }

    public List<String> getInfrastructures() {
        return shown(infrastructures);
    }

    @DataBoundSetter
    public void setInfrastructures(List<String> infrastructures) {
        this.infrastructures = kept(infrastructures);
    }

    public List<String> getProjects() {
        return shown(projects);
    }

    @DataBoundSetter
    public void setProjects(List<String> projects) {
        this.projects = kept(projects);
    }

    Freeze toModel() {
        return within("freeze", name, () -> new Freeze(
                name, time("start", start), time("end", end), rrule, zone, shown(infrastructures), shown(projects)));
    }

    private static LocalDateTime time(String field, String typed) {
        try {
            return typed == null ? null : LocalDateTime.parse(typed);
        } catch (DateTimeParseException e) {
            throw Refused.invalid(Messages.FreezeConfig_time(field, Ids.printable(typed)));
        }
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<FreezeConfig> implements OneALine {

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            return FormValidation.validateRequired(value);
        }

        @POST
        public FormValidation doCheckStart(@QueryParameter String value) {
            return time(value);
        }

        @POST
        public FormValidation doCheckEnd(@QueryParameter String value) {
            return time(value);
        }

        @POST
        public FormValidation doCheckRrule(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            String problem = ConfigurationCheck.recurrenceProblem(value);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }

        public ListBoxModel doFillZoneItems() {
            return drop("UTC", ZoneId.getAvailableZoneIds().stream().sorted(), null);
        }

        @POST
        public FormValidation doCheckInfrastructures(@QueryParameter String value) {
            InfrastructurePage.checkMayConfigure(null);
            List<String> ids = ProjectDeployerConfiguration.get().getInfrastructures().stream().map(InfrastructureConfig::getId).toList();
            return FormCheck.known(value, ids);
        }

        /** Lists are typed one a line. */
        @Override
        public FreezeConfig newInstance(StaplerRequest2 req, JSONObject form) throws FormException {
            form.put("infrastructures", OneALine.read(form.opt("infrastructures")));
            form.put("projects", OneALine.read(form.opt("projects")));
            return super.newInstance(req, form);
        }

        private static FormValidation time(String value) {
            InfrastructurePage.checkMayConfigure(null);
            try {
                String typed = Util.fixEmptyAndTrim(value);
                FreezeConfig.time("It", typed);
                return typed == null ? FormValidation.validateRequired(value) : FormValidation.ok();
            } catch (Refused e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
