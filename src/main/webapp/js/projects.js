import {page, query} from "./api.js";
import {h, replace} from "./dom.js";
import {poll} from "./poll.js";
import {publish} from "./publish.js";
import {empty, loading, problem} from "./states.js";
import {table} from "./table.js";
import {size} from "./words.js";

/** Published projects: what there is of each, and what somebody may do with it. */

const place = document.getElementById("project-deployer");
const list = h("div", {}, loading());
const text = h("input", {id: "filter-text", type: "search", class: "jenkins-input"});
let wanted = {text: "", after: ""};
let typing = null;
text.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => choose({text: text.value.trim(), after: ""}), 250);
});
replace(place,
  h("form", {class: "project-deployer-filters", role: "search", submit: event => event.preventDefault()},
    h("div", {}, h("label", {for: "filter-text"}, "Search by key"), text)),
  h("div", {class: "project-deployer-buttons"},
    h("button", {type: "button", id: "publish", class: "jenkins-button jenkins-button--primary", click: () => publish(null, () => live.now())}, "Publish a bundle")),
  list);
const live = poll(() => "/projects" + query(wanted), show, error => replace(list, problem(error)), 15_000);

function choose(change) {
  wanted = {...wanted, ...change};
  live.now();
}

function show({projects, next}) {
  if (projects.length === 0) {
    replace(list, wanted.text || wanted.after ? empty("No project is like that.") : empty("There is no published project that you may see.",
      "Whoever publishes the first bundle of a project makes it: with the step publishBundle, with deployProject, or here."));
    return;
  }
  replace(list,
    table("Published projects", ["Project", "Bundles", "Newest", "Size", "Deployments", "You may"], projects.map(each => [
      h("a", {class: "jenkins-table__link", href: page`project/${each.key}/`}, each.key),
      each.bundles,
      each.newest,
      size(each.size),
      each.deployments,
      rights(each),
    ])),
    (next || wanted.after) && h("nav", {class: "project-deployer-buttons", "aria-label": "More projects"},
      wanted.after && h("button", {type: "button", id: "first", class: "jenkins-button", click: () => choose({after: ""})}, "First page"),
      next && h("button", {type: "button", id: "next", class: "jenkins-button", click: () => choose({after: next})}, "Next page")));
}

function rights({isAdmin, canWrite, canDeploy}) {
  return isAdmin ? "do everything" : [canWrite && "publish", canDeploy && "deploy"].filter(Boolean).join(", ") || "view it";
}
