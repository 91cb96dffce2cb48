import {get, page, path, send} from "./api.js";
import {ask} from "./dialog.js";
import {h} from "./dom.js";
import {refusedBy} from "./forms.js";

const GO_BACK = "Go back when activation, securing or a test fails";
const TESTS = "Ids of scenarios to run once the bundle is active, with commas between them";

/**
 * What can be done with a deployment.
 *
 * @param changed is called when something was done
 */
export function actions(deployment, changed) {
  const {id} = deployment;
  const said = h("div", {role: "status"});
  const settings = button("settings", "Change settings", () => refusedBy(said, [], () => changeSettings(deployment, changed)));
  return [h("div", {class: "project-deployer-buttons", role: "group", "aria-label": "What to do"},
    button("update", "Update", () => update(deployment, changed), "jenkins-button--primary"),
    button("bundle", "Change bundle", () => changeBundle(deployment, changed)),
    settings,
    button("delete", "Delete", () => ask({
      title: `Delete deployment ${id}`,
      text: "Its project stays on the nodes and belongs to no deployment from then on. Its history can no longer be looked at here.",
      action: "Delete",
      destructive: true,
      run: async () => {
        await send("DELETE", path`/deployments/${id}`);
        location.assign(page``);
      },
    }))), said];
}

function button(name, word, click, look = "") {
  return h("button", {type: "button", id: "do-" + name, class: "jenkins-button " + look, click}, word);
}

function update({id, bundle, isAdmin, settings: own}, changed) {
  ask({
    title: `Update ${id}`,
    text: `Brings bundle ${bundle} and the deployment's settings to the nodes.`,
    fields: [
      {name: "dryRun", label: "Plan only, and change nothing", kind: "check"},
      {name: "queue", label: "Wait behind an update that is under way", kind: "check"},
      {name: "ignoreWarnings", label: "Take warnings of the plan for success", kind: "check"},
      {name: "rollBackOnFailure", label: GO_BACK, kind: "check", value: own.rollBackOnFailure},
      ...isAdmin ? [{name: "adopt", label: "Take over a project that is on the node and belongs to nobody", kind: "check"}] : [],
      {name: "testScenarios", label: "Test scenarios", kind: "text", value: TAGS.text(own.testScenarios), help: TESTS},
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

/** How a setting stands in its field, and what a field says. */
const ARROWS = {text: table => (table ?? []).map(({source, target}) => `${source} -> ${target}`).join("\n"),
  read: text => pairs(text).map(([source, target]) => ({source, target}))};
const SCENARIOS = {text: is => Object.entries(is).map(([scenario, on]) => `${scenario} -> ${on ? "on" : "off"}`).join("\n"),
  read: text => Object.fromEntries(pairs(text).map(([id, state]) => [id, onOrOff(id, state)]))};
const TAGS = {text: is => is.join(", "), read: text => split(text, ",")};
const VARIABLES = {text: is => JSON.stringify(is, null, 2), read: variables};
const AS_IT_IS = {text: is => is, read: said => said};

async function changeSettings({id}, changed) {
  const {data: is, tag} = await get(path`/deployments/${id}/settings`);
  const {connections, codeEnvs, containerExecs} = is.bundleContainerSettings.remapping;
  const help = "One in each line: name in the bundle -> name on the node";
  const fields = [
    {name: "projectFolder", label: "Folder on the node", kind: "text", is: is.projectFolder, as: AS_IT_IS, help: "Where a new project is made; empty: the root"},
    {name: "connections", label: "Renamed connections", kind: "lines", is: connections, as: ARROWS, help},
    {name: "codeEnvs", label: "Renamed code envs", kind: "lines", is: codeEnvs, as: ARROWS, help},
    {name: "containerExecs", label: "Renamed container configurations", kind: "lines", is: containerExecs, as: ARROWS, help},
    {name: "useInfrastructureRemapping", label: "Read the infrastructure's names again with each update", kind: "check",
      is: is.useInfrastructureRemapping, as: AS_IT_IS},
    {name: "localVariables", label: "Variables", kind: "lines", is: is.localVariables, as: VARIABLES, help: "A JSON object, {} for none; empty: left as they are on the node"},
    {name: "scenariosToActivate", label: "Scenarios", kind: "lines", is: is.scenariosToActivate, as: SCENARIOS,
      help: "One in each line: id -> on, or off; the others are left as they are"},
    {name: "disableAutomaticTriggers", label: "All automatic triggers off", kind: "check", is: is.disableAutomaticTriggers, as: AS_IT_IS},
    {name: "testScenarios", label: "Test scenarios", kind: "text", is: is.testScenarios, as: TAGS, help: TESTS},
    {name: "rollBackOnFailure", label: GO_BACK, kind: "check", is: is.rollBackOnFailure, as: AS_IT_IS},
    {name: "tags", label: "Tags", kind: "text", is: is.tags, as: TAGS, help: "With commas between them"},
  ];
  ask({
    title: `Settings of ${id}`,
    text: "The next update brings them to the nodes.",
    fields: fields.map(field => ({...field, value: field.as.text(field.is)})),
    action: "Save",
    run: async (said, touched) => {
      const now = Object.fromEntries(fields.filter(({name}) => touched.includes(name)).map(field => [field.name, read(field, said[field.name])]));
      await send("PUT", path`/deployments/${id}/settings`, document(now), {match: tag});
      changed();
    },
  });
}

/** What was typed. What a field cannot hold without changing it is left alone, or emptied: nothing else of it is certain. */
function read({label, is, as}, said) {
  if (said !== "" && !holds(as, is)) {
    throw wrong(`"${label}" has a name in it that this field cannot hold, such as one with a comma or an arrow: leave it as it is here, and change it by the API.`);
  }
  return as.read(said);
}

function holds(as, is) {
  try {
    return JSON.stringify(as.read(as.text(is))) === JSON.stringify(is ?? null) || (is ?? null) === null;
  } catch {
    return false;
  }
}

/** Only what was changed: the rest stays as it is. */
function document({connections, codeEnvs, containerExecs, ...others}) {
  return {...others, bundleContainerSettings: {remapping: {connections, codeEnvs, containerExecs}}};
}

function variables(text) {
  try {
    return text === "" ? null : JSON.parse(text);
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

function pairs(text) {
  return split(text, "\n").map(line => {
    const at = line.indexOf("->");
    if (at < 0) {
      throw wrong(`"${line}" has no -> in it.`);
    }
    if (line.includes("->", at + 2)) {
      throw wrong(`"${line}" has more than one -> in it, so that nobody can tell where the name ends.`);
    }
    return [line.slice(0, at).trim(), line.slice(at + 2).trim()];
  });
}

function split(text, separator) {
  return text.split(separator).map(part => part.trim()).filter(part => part !== "");
}
