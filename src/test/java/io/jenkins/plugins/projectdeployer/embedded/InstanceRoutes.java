package io.jenkins.plugins.projectdeployer.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who am I talking to, and who does it think I am. */
final class InstanceRoutes {
    private final NodeState state;

    InstanceRoutes(NodeState state) {
        this.state = state;
    }

    void register(Router router) {
        router.get("/instance-info", request -> Reply.json(instanceInfo()));
        router.get("/auth/info", request -> Reply.json(authInfo(request.caller())));
        router.get("/futures", request -> {
            var list = Json.array();
            state.futures().living().forEach(list::add);
            return Reply.json(list);
        });
        router.get("/futures/{job}", request ->
                Reply.json(state.futures().state(request.path("job"), request.flag("peek", false))));
        router.delete("/futures/{job}", request -> {
            state.futures().abort(request.path("job"));
            return Reply.nothing();
        });
    }

    private ObjectNode instanceInfo() {
        return Json.object()
                .put("nodeId", state.nodeId())
                .put("nodeName", state.nodeId())
                .put("nodeType", state.nodeType().name())
                .put("dipInstanceId", "embedded-" + state.nodeId())
                .put("dssVersion", state.version());
    }

    private static ObjectNode authInfo(Caller caller) {
        ObjectNode info = Json.object().put("authIdentifier", caller.identifier()).put("associatedDSSUser", caller.user() ? caller.identifier() : "");
        info.set("groups", Json.array(caller.groups()));
        info.put("userForImpersonation", caller.identifier());
        return info;
    }
}
