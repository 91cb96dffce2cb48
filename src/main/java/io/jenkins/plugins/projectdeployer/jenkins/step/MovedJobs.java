package io.jenkins.plugins.projectdeployer.jenkins.step;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the build that asked when its job was renamed or moved meanwhile, alone or with its folder. Forgotten when Jenkins
 * stops: an update that is under way then, of a job that was moved under it, ends as one whose build is gone.
 */
@Extension
public final class MovedJobs extends ItemListener {

    private final Map<String, String> moved = new ConcurrentHashMap<>();

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        moved.put(oldFullName, newFullName);
    }

    /** Whether the build of this external id is there, wherever its job is now, and building. */
    public static boolean isBuilding(String run) {
        return building(run).isPresent();
    }

    /** Today's full name of the job whose build of this external id is building; empty where there is none. */
    public static Optional<String> jobOf(String run) {
        return run == null ? Optional.empty() : building(run).map(build -> build.getParent().getFullName());
    }

    private static Optional<Run<?, ?>> building(String run) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return ExtensionList.lookupSingleton(MovedJobs.class).follow(run);
        }
    }

    private Optional<Run<?, ?>> follow(String id) {
        int hash = id.lastIndexOf('#');
        String job = id.substring(0, Math.max(hash, 0));
        // A job is moved a few times at most; the bound is for two that swapped their names.
        for (int moves = 0; job != null && moves < 10; moves++) {
            Run<?, ?> run = Run.fromExternalizableId(job + id.substring(hash));
            if (run != null && run.isBuilding()) {
                return Optional.of(run);
            }
            job = moved.get(job);
        }
        return Optional.empty();
    }
}
