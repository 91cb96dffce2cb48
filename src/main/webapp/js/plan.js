import {h} from "./dom.js";
import {table} from "./table.js";

/** What would be done, as whoever decides on it sees it: the same for a request and for an approval in advance. */

/**
 * @param seen plan, differences, hooks, wayBack
 */
export function plan({plan, differences, hooks, wayBack}) {
  return h("div", {class: "project-deployer-plan"},
    h("h2", {}, "What it changes"),
    differences.length === 0
      ? h("p", {class: "project-deployer-quiet"}, "Nothing: the same bundle with the same settings is there already.")
      : table("What it changes", ["What", "Now", "Then"], differences.map(each => [each.what, value(each.before), value(each.after)])),
    h("h2", {}, "What is carried out"),
    h("dl", {class: "project-deployer-facts"},
      fact("Deployment", plan.deployment),
      fact("Bundle", [plan.bundle, ", SHA-256 ", code(plan.bundleSha256)]),
      fact("Project there", plan.targetProject + (plan.firstDeployment ? " (new)" : "")),
      fact("Nodes", plan.nodes.map(node => h("div", {}, node.name,
        node.activeBundle ? `: bundle ${node.activeBundle} is active` : node.projectPresent ? ": no bundle is active" : ": the project is not there yet"))),
      fact("Acts as", plan.users.deployingUser),
      plan.users.scenariosRunAsUser && fact("Scenarios run as", plan.users.scenariosRunAsUser),
      plan.users.webAppsRunAsUser && fact("Web apps run as", plan.users.webAppsRunAsUser),
      plan.testScenarios.length > 0 && fact("Tests", plan.testScenarios.join(", ")),
      fact("If it fails", plan.onFailure === "ROLLBACK" ? "goes back by itself" : "stops"),
      fact("Way back", wayBack)),
    plan.messages.length > 0 && h("ul", {class: "project-deployer-plain"},
      plan.messages.map(message => h("li", {}, `${message.severity}: ${message.message}`))),
    h("h2", {}, "Hooks"),
    hooks.length === 0
      ? h("p", {class: "project-deployer-quiet"}, "None.")
      : table("Hooks", ["Hook", "When", "SHA-256"], hooks.map(hook => [hook.name, hook.phase === "PRE" ? "before" : "after", code(hook.digest)])),
    h("details", {"data-key": "settings"},
      h("summary", {}, "Settings and remappings"),
      h("pre", {class: "project-deployer-code"}, JSON.stringify({settings: plan.settings, remapping: plan.remapping, permissions: plan.permissions}, null, 2))));
}

export function fact(name, said) {
  return [h("dt", {}, name), h("dd", {}, said)];
}

export function code(text) {
  return h("span", {class: "project-deployer-code"}, text);
}

function value(text) {
  return text === null ? h("span", {class: "project-deployer-quiet"}, "nothing") : h("span", {class: "project-deployer-long"}, text);
}
