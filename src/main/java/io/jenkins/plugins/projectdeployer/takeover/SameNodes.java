package io.jenkins.plugins.projectdeployer.takeover;

import io.jenkins.plugins.projectdeployer.model.Ids;
import io.jenkins.plugins.projectdeployer.model.Infrastructure;
import io.jenkins.plugins.projectdeployer.model.NodeAddress;
import io.jenkins.plugins.projectdeployer.model.Refused;
import io.jenkins.plugins.projectdeployer.node.NodeInfo;
import io.jenkins.plugins.projectdeployer.takeover.ForeignNode.Likeness;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Holds the nodes of an infrastructure of ours against those of the other deployer's under the same id: what is on any other node
 * was never brought there by the deployment that is to be taken over.
 */
final class SameNodes {

    private SameNodes() {}

    /**
     * @param infos what each node of ours says of itself, in their order
     * @param said takes a sentence where the other deployer does not tell enough to be sure
     * @throws Refused where one of ours is none of theirs, or the other way round, or is no automation node
     */
    static void require(Infrastructure ours, List<NodeInfo> infos, List<ForeignNode> theirs, List<String> said) {
        boolean[] found = new boolean[theirs.size()];
        for (int place = 0; place < infos.size(); place++) {
            NodeAddress address = ours.nodes().get(place);
            NodeInfo info = infos.get(place);
            String name = ours.nodeName(place);
            if (!info.isAutomation()) {
                throw Refused.conflict("Node " + name + " says that it is of type " + Ids.printable(info.nodeType())
                        + "; bundles are deployed to nodes of type AUTOMATION: correct its URL.");
            }
            Set<Likeness> likenesses = EnumSet.noneOf(Likeness.class);
            for (int their = 0; their < theirs.size(); their++) {
                Likeness likeness = theirs.get(their).to(address, info);
                likenesses.add(likeness);
                found[their] |= likeness != Likeness.OTHER;
            }
            if (!likenesses.contains(Likeness.SAME)) {
                if (!likenesses.contains(Likeness.UNKNOWN)) {
                    throw Refused.conflict("Node " + name + " (" + Ids.printable(address.url()) + ") is none of those that infrastructure "
                            + ours.id() + " has in the other deployer: give it the URL that it has there, or leave its deployments out.");
                }
                said.add("The other deployer does not tell whether its infrastructure " + ours.id() + " is on node " + name + " ("
                        + Ids.printable(address.url()) + "); look that it is.");
            }
        }
        for (int their = 0; their < found.length; their++) {
            if (!found[their]) {
                throw Refused.conflict("Infrastructure " + ours.id() + " has a node in the other deployer, " + theirs.get(their)
                        + ", that it does not have here: add it, or leave its deployments out.");
            }
        }
    }
}
