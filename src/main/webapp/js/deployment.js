import {item, page, path, query} from "./api.js";
import {actions} from "./deployment-actions.js";
import {h, replace} from "./dom.js";
import {history} from "./history.js";
import {permissions} from "./permissions.js";
import {poll} from "./poll.js";
import {loading, problem, say} from "./states.js";
import {table} from "./table.js";
import {failedIn, said} from "./update.js";
import {exactly, health, status} from "./words.js";

/** One deployment: what is where, how it is, what it is to be, and its updates. */

const place = document.getElementById("project-deployer");
const top = h("div", {}, loading());
const how = h("section", {"aria-labelledby": "health"}, h("h2", {id: "health"}, "Health"), loading());
const past = h("div", {});
let known = null;
let seen = null;
let told = null;

replace(place, top, how, permissions(item), past);
const about = poll(() => path`/deployments/${item}`, show, error => replace(place, problem(error)));
const look = poll(() => path`/deployments/${item}/health`, answer => {
  seen = answer;
  showHealth();
  if (known && known.health !== answer.health) {
    about.now();
  }
}, error => {
  seen = null;
  replace(how, h("h2", {id: "health"}, "Health"), problem(error));
}, 30_000);

function show(deployment) {
  if (deployment.underWay?.number !== known?.underWay?.number) {
    say(deployment.underWay ? `Update ${deployment.underWay.number} is under way.` : "No update is under way.");
  }
  if (known === null) {
    history(past, about.now, () => known.canDeploy, update => {
      told = update;
      showHealth();
    });
  } else if (["health", "bundle"].some(what => deployment[what] !== known[what]) || deployment.underWay?.number !== known.underWay?.number) {
    look.now(); // what was seen is of another state
  }
  known = deployment;
  if (seen === null) {
    replace(how, h("h2", {id: "health"}, "Health"), h("p", {}, health(deployment.health)), loading());
  }
  replace(top,
    deployment.underWay && underWay(deployment.underWay),
    deployment.canDeploy && actions(deployment, about.now),
    h("dl", {class: "project-deployer-facts"},
      fact("Project", project(deployment)),
      fact("Bundle", deployment.bundle ?? "none yet"),
      fact("Infrastructure", h("a", {href: page`` + query({infrastructure: deployment.infrastructure})}, deployment.infrastructure), `, stage ${deployment.stage}`),
      fact("Made", exactly(deployment.createdAt), ` by ${deployment.createdBy}`, deployment.adopted && ", adopted a project that was there")),
    h("section", {"aria-labelledby": "where"},
      h("h2", {id: "where"}, "What is where"),
      deployment.nodes.length === 0
        ? h("p", {class: "project-deployer-quiet"}, "No update has come to a node yet.")
        : table("What is where", ["Node", "Active bundle", "Came as far as", "By update", "Failed in"], deployment.nodes.map(node =>
          [node.node, node.activeBundle ?? "none", node.reached, h("a", {href: "#update-" + node.update}, node.update), failedIn(node)]))),
    h("details", {"data-key": "settings"}, h("summary", {}, h("h2", {}, "Settings")), settings(deployment)));
}

function underWay(update) {
  return h("p", {class: "jenkins-alert jenkins-alert-info"}, status(update.status),
    ` update ${update.number} by ${update.requestedBy.join(", ")}`, update.phase && `, phase ${update.phase}. `,
    h("a", {href: "#update-" + update.number}, "Look at it"));
}

function fact(name, ...value) {
  return [h("dt", {}, name), h("dd", {}, value)];
}

function project({project: key, targetProject, link}) {
  const there = link ? h("a", {href: link, rel: "noopener"}, targetProject) : targetProject;
  return targetProject === key ? there : [key, " as ", there];
}

function settings({settings: is}) {
  const names = is.bundleContainerSettings.remapping;
  return h("dl", {class: "project-deployer-facts"},
    fact("Folder on the node", is.projectFolder ?? "the root"),
    fact("Renamed connections", renamed(names.connections)),
    fact("Renamed code envs", renamed(names.codeEnvs)),
    fact("Renamed container configurations", renamed(names.containerExecs)),
    fact("Names of the infrastructure", is.useInfrastructureRemapping ? "read again by each update" : "as they were when the deployment was made"),
    fact("Variables", Object.keys(is.localVariables).length === 0 ? "left as they are" : h("pre", {}, JSON.stringify(is.localVariables, null, 2))),
    fact("Scenarios", list(Object.entries(is.scenariosToActivate).map(([id, on]) => `${id}: ${on ? "on" : "off"}`), "left as they are")),
    fact("Automatic triggers", is.disableAutomaticTriggers ? "all off" : "as the scenarios say"),
    fact("Tests after each update", list(is.testScenarios, "none")),
    fact("If an update fails", is.rollBackOnFailure ? "it goes back by itself" : "it stops"),
    fact("Tags", list(is.tags, "none")));
}

function renamed(table) {
  return list((table ?? []).map(({source, target}) => `${source} → ${target}`), "none");
}

function list(texts, none) {
  return texts.length === 0 ? none : h("ul", {}, texts.map(text => h("li", {}, text)));
}

/** The level, once on this page, and why. What the update says that stands below in full is not said twice. */
function showHealth() {
  if (seen === null) {
    return;
  }
  const {health: level, messages: all, monitoring} = seen;
  const below = told?.messages.map(({text}) => text) ?? [];
  const messages = all.filter(({text}) => !below.includes(text));
  const scenarios = ["failed", "warning", "aborted", "running", "successful"].filter(kind => monitoring[kind].length > 0);
  replace(how, h("h2", {id: "health"}, "Health"),
    h("p", {}, health(level)),
    messages.length > 0 && h("ul", {class: "project-deployer-plain"}, messages.map(message =>
      h("li", {}, said(message)))),
    messages.length < all.length && h("p", {}, h("a", {href: "#update-" + told.number}, `What update ${told.number} says`), " stands below."),
    monitoring.hasScenarios && h("p", {}, "Last runs of scenarios: ",
      scenarios.length === 0 ? "none" : scenarios.map(kind => `${kind} ${monitoring[kind].join(", ")}`).join("; ")));
}
