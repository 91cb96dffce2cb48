import {hasKey, page, query} from "./api.js";
import {h, replace} from "./dom.js";
import {poll} from "./poll.js";
import {empty, loading, problem} from "./states.js";
import {table} from "./table.js";

const place = document.getElementById("project-deployer");
replace(place, loading());
poll(() => "/infrastructures", show, error => replace(place, problem(error)), 30_000);

function show({infrastructures}) {
  if (infrastructures.length === 0) {
    replace(place, empty("There is no infrastructure that you may see.",
      "Whoever administers one, or Jenkins, can give you the right to view it or to deploy to it."));
    return;
  }
  replace(place, table("Infrastructures", ["Infrastructure", "Stage", "Deployments", "You may", ""], infrastructures.map(each => [
    h("a", {class: "jenkins-table__link", href: page`` + query({infrastructure: each.id})}, each.id),
    each.stage,
    each.deployments,
    each.isAdmin ? "administer it" : each.canDeploy ? "deploy to it" : "view it",
    // Settings are forms of Jenkins, which outside it are not there.
    each.isAdmin && !hasKey() && h("div", {class: "jenkins-table__cell__button-wrapper"},
      h("a", {class: "jenkins-button", href: page`infrastructure/${each.id}/settings/`, "aria-label": `Settings of ${each.id}`}, "Settings")),
  ])));
}
