package io.jenkins.plugins.projectdeployer.gate;

import io.jenkins.plugins.projectdeployer.model.ApprovalRequest;
import io.jenkins.plugins.projectdeployer.model.FreezeTimes;
import io.jenkins.plugins.projectdeployer.model.Hook;
import io.jenkins.plugins.projectdeployer.model.HookPhase;
import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Plan;
import io.jenkins.plugins.projectdeployer.model.Update;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request as somebody sees it before deciding: the plan, what it changes, and the way back. Hooks are shown by name and
 * digest; their texts are for the infrastructure's ADMINs.
 *
 * @param request with its votes
 * @param digest one over all ingredients
 * @param tally as it is at this moment
 * @param plan what will be done
 * @param differences to what the deployment's last update left
 * @param hooks that will run, in their order
 * @param freeze the freeze that holds it at this moment; null: none does
 * @param outOfReach why as many as are asked for cannot approve it; null: they can
 * @param wayBack what an update that fails, or is to be undone, goes back to
 * @param objection why the person who looks cannot decide; null when they can
 * @param approved whether they have approved it already
 */
public record RequestView(
        ApprovalRequest request,
        String digest,
        Tally tally,
        Plan plan,
        List<PlanDifference> differences,
        List<HookSeen> hooks,
        FreezeTimes.Window freeze,
        String outOfReach,
        String wayBack,
        String objection,
        boolean approved) {

    /**
     * A hook as an approver sees it.
     *
     * @param digest SHA-256 over all that it is: text, engine, user, secrets by name
     */
    public record HookSeen(String name, HookPhase phase, String digest) {}

    static RequestView of(
            ApprovalRequest request,
            Update update,
            Tally tally,
            List<PlanDifference> differences,
            FreezeTimes.Window freeze,
            String outOfReach,
            String objection,
            boolean approved) {
        return new RequestView(request, digest(request), tally, withoutHookTexts(update.plan()), differences,
                hooks(update.plan()), freeze, outOfReach, wayBack(update.plan()), objection, approved);
    }

    /** One digest over all ingredients of a request. */
    public static String digest(ApprovalRequest request) {
        return Ingredients.whole(request.digest());
    }

    /** What approvers see of its hooks. */
    static List<HookSeen> hooks(Plan plan) {
        return plan.infrastructure().hooks().stream()
                .map(hook -> new HookSeen(hook.name(), hook.phase(), Ingredients.digest(hook)))
                .toList();
    }

    /** The same plan for whoever may not see the texts of hooks; their digests are among the differences. */
    static Plan withoutHookTexts(Plan plan) {
        return plan.with(plan.infrastructure().withHooks(plan.infrastructure().hooks().stream().map(Hook::withoutText).toList()));
    }

    /** What a failed update goes back to, in words. */
    static String wayBack(Plan plan) {
        if (plan.nodes().stream().allMatch(node -> node.activeBundle() == null)) {
            return "No bundle is active there: going back leaves the project with its scenarios off.";
        }
        return plan.nodes().stream()
                .map(node -> "node " + Ids.printable(node.name()) + (node.activeBundle() == null
                        ? " has no active bundle" : " goes back to bundle " + Ids.printable(node.activeBundle())))
                .collect(Collectors.joining("; ")) + ".";
    }
}
