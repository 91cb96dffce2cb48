package io.jenkins.plugins.projectdeployer.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.PluginWrapper;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.projectdeployer.access.FolderRules;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** Finds what the folders around a job say; without the folder plugin there are none. */
public final class FolderScope {

    private FolderScope() {}

    /** The rules of the folders around this job, the nearest first. */
    public static FolderRules of(Item job) {
        PluginWrapper folders = Jenkins.get().getPluginManager().getPlugin("cloudbees-folder");
        return folders == null || !folders.isActive() ? FolderRules.NONE : Folders.around(job);
    }

    /** Apart, so that its types are looked for only where they are. */
    private static final class Folders {

        private static FolderRules around(Item job) {
            List<FolderRules.Rule> rules = new ArrayList<>();
            ItemGroup<?> group = job.getParent();
            while (group instanceof Item item) {
                if (item instanceof AbstractFolder<?> folder) {
                    FolderDeployments said = folder.getProperties().get(FolderDeployments.class);
                    if (said != null) {
                        rules.add(said.rule(item.getFullName()));
                    }
                }
                group = item.getParent();
            }
            return new FolderRules(rules);
        }
    }
}
