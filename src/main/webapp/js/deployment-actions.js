import {get, page, path, send} from "./api.js";
import {ask} from "./dialog.js";
import {h} from "./dom.js";

/**
 * What can be done with a deployment.
 *
 * @param changed is called when something was done
 */
export function actions(deployment, changed) {
  const {id} = deployment;
  return h("div", {class: "project-deployer-buttons", role: "group", "aria-label": "What to do"},
    button("update", "Update", () => update(deployment, changed), "jenkins-button--primary"),
    button("bundle", "Change bundle", () => changeBundle(deployment, changed)),
    button("settings", "Change settings", () => changeSettings(deployment, changed)),
    button("delete", "Delete", () => ask({
      title: `Delete deployment ${id}`,
      text: "Its project stays on the nodes and belongs to no deployment from then on. Its history can no longer be looked at here.",
      action: "Delete",
      destructive: true,
      run: async () => {
        await send("DELETE", path`/deployments/${id}`);
        location.assign(page``);
      },
    })));
}

function button(name, word, click, look = "") {
  return h("button", {type: "button", id: "do-" + name, class: "jenkins-button " + look, click}, word);
}

function update({id, bundle, isAdmin}, changed) {
  ask({
    title: `Update ${id}`,
    text: `Brings bundle ${bundle} and the deployment's settings to the nodes.`,
    fields: [
      {name: "dryRun", label: "Plan only, and change nothing", kind: "check"},
      {name: "queue", label: "Wait behind an update that is under way", kind: "check"},
      {name: "ignoreWarnings", label: "Take warnings of the plan for success", kind: "check"},
      {name: "rollBackOnFailure", label: "Go back when activation, securing or a test fails", kind: "check"},
      ...isAdmin ? [{name: "adopt", label: "Take over a project that is on the node and belongs to nobody", kind: "check"}] : [],
      {name: "testScenarios", label: "Test scenarios", kind: "text", help: "Ids of scenarios to run afterwards, with commas between them"},
    ],
    action: "Update",
    run: async said => {
      const update = await send("POST", path`/deployments/${id}/updates`, {...said, testScenarios: split(said.testScenarios, ",")});
      location.hash = "update-" + update.number;
      changed();
    },
  });
}

async function changeBundle({id, bundle, bundles}, changed) {
  ask({
    title: `Change the bundle of ${id}`,
    text: "The next update brings it to the nodes.",
    fields: [{name: "bundleId", label: "Bundle", kind: "choice", value: bundle, options: bundle && !bundles.includes(bundle) ? [bundle, ...bundles] : bundles}],
    action: "Save",
    run: async ({bundleId}) => {
      await send("PUT", path`/deployments/${id}/settings`, {bundleId});
      changed();
    },
  });
}

async function changeSettings({id}, changed) {
  const {data: is, tag} = await get(path`/deployments/${id}/settings`);
  const {connections, codeEnvs, containerExecs} = is.bundleContainerSettings.remapping;
  const help = "One in each line: name in the bundle -> name on the node";
  ask({
    title: `Settings of ${id}`,
    text: "The next update brings them to the nodes.",
    fields: [
      {name: "projectFolder", label: "Folder on the node", kind: "text", value: is.projectFolder, help: "Where a new project is made; empty: the root"},
      {name: "connections", label: "Renamed connections", kind: "lines", value: arrows(connections), help},
      {name: "codeEnvs", label: "Renamed code envs", kind: "lines", value: arrows(codeEnvs), help},
      {name: "containerExecs", label: "Renamed container configurations", kind: "lines", value: arrows(containerExecs), help},
      {name: "useInfrastructureRemapping", label: "Read the infrastructure's names again with each update", kind: "check", value: is.useInfrastructureRemapping},
      {name: "localVariables", label: "Variables", kind: "lines", value: JSON.stringify(is.localVariables, null, 2), help: "A JSON object; empty: left as they are"},
      {name: "scenariosToActivate", label: "Scenarios", kind: "lines",
        value: Object.entries(is.scenariosToActivate).map(([scenario, on]) => `${scenario} -> ${on ? "on" : "off"}`).join("\n"),
        help: "One in each line: id -> on, or off; the others are left as they are"},
      {name: "disableAutomaticTriggers", label: "All automatic triggers off", kind: "check", value: is.disableAutomaticTriggers},
      {name: "tags", label: "Tags", kind: "text", value: is.tags.join(", "), help: "With commas between them"},
    ],
    action: "Save",
    run: async said => {
      await send("PUT", path`/deployments/${id}/settings`, document(said), {match: tag});
      changed();
    },
  });
}

function document(said) {
  return {
    projectFolder: said.projectFolder,
    useInfrastructureRemapping: said.useInfrastructureRemapping,
    disableAutomaticTriggers: said.disableAutomaticTriggers,
    tags: split(said.tags, ","),
    localVariables: variables(said.localVariables),
    scenariosToActivate: Object.fromEntries(pairs(said.scenariosToActivate).map(([id, state]) => [id, onOrOff(id, state)])),
    bundleContainerSettings: {
      remapping: Object.fromEntries(["connections", "codeEnvs", "containerExecs"].map(name =>
        [name, pairs(said[name]).map(([source, target]) => ({source, target}))])),
    },
  };
}

function variables(text) {
  try {
    return JSON.parse(text || "{}");
  } catch (error) {
    throw wrong(`The variables are not JSON: ${error.message}`);
  }
}

function onOrOff(id, state) {
  if (!["on", "off"].includes(state)) {
    throw wrong(`Scenario ${id} can be on or off, not "${state}".`);
  }
  return state === "on";
}

/** Refused here, in the way in which the server refuses. */
function wrong(message) {
  return Object.assign(new Error(message), {status: 400});
}

function arrows(table) {
  return (table ?? []).map(({source, target}) => `${source} -> ${target}`).join("\n");
}

function pairs(text) {
  return split(text, "\n").map(line => {
    const at = line.indexOf("->");
    if (at < 0) {
      throw wrong(`"${line}" has no -> in it.`);
    }
    return [line.slice(0, at).trim(), line.slice(at + 2).trim()];
  });
}

function split(text, separator) {
  return text.split(separator).map(part => part.trim()).filter(part => part !== "");
}
