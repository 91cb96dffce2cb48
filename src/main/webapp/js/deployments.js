import {page, query} from "./api.js";
import {h, replace} from "./dom.js";
import {poll} from "./poll.js";
import {empty, loading, problem, say} from "./states.js";
import {HEALTHS, amount, bundles, health, status, when} from "./words.js";

/** What is deployed where: a column for each stage, a card for each deployment. */

const FILTERS = ["text", "project", "infrastructure", "health"];
const place = document.getElementById("project-deployer");
const board = h("div", {}, loading());
const choices = {
  project: h("select", {id: "filter-project", class: "jenkins-select__input"}),
  infrastructure: h("select", {id: "filter-infrastructure", class: "jenkins-select__input"}),
  health: h("select", {id: "filter-health", class: "jenkins-select__input"}),
};
const text = h("input", {id: "filter-text", type: "search", class: "jenkins-input", placeholder: "Id, project, bundle, tag"});

/** What is asked for: as the address says, so that a link leads to the same view. */
let wanted = Object.fromEntries([...FILTERS, "after"].map(name => [name, new URLSearchParams(location.search).get(name) ?? ""]));
let asOfNow = "";

text.value = wanted.text;
options(choices.health, "Any health", HEALTHS.map(({id, word}) => [id, word]), wanted.health);
replace(place, filters(), board);
const live = poll(() => "/deployments" + query(wanted), show, error => replace(board, problem(error)));

function filters() {
  let typing = null;
  text.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => choose({text: text.value.trim()}), 250);
  });
  for (const [name, select] of Object.entries(choices)) {
    select.addEventListener("change", () => choose({[name]: select.value}));
  }
  return h("form", {class: "project-deployer-filters", role: "search", submit: event => event.preventDefault()},
    labelled("Search", text),
    labelled("Project", h("div", {class: "jenkins-select"}, choices.project)),
    labelled("Infrastructure", h("div", {class: "jenkins-select"}, choices.infrastructure)),
    labelled("Health", h("div", {class: "jenkins-select"}, choices.health)));
}

function labelled(label, field) {
  const input = field.id ? field : field.firstElementChild;
  return h("div", {}, h("label", {for: input.id}, label), field);
}

function options(select, any, values, chosen) {
  const all = values.some(([value]) => value === chosen) || chosen === "" ? values : [...values, [chosen, chosen]];
  select.replaceChildren(h("option", {value: ""}, any), ...all.map(([value, word]) => h("option", {value}, word)));
  select.value = chosen;
}

/** Another filter begins at the first page again. */
function choose(change) {
  wanted = {...wanted, after: "", ...change};
  history.replaceState(null, "", location.pathname + query(wanted));
  live.now();
}

function show({stages, deployments, projects, infrastructures, next}) {
  options(choices.project, "Any project", projects.map(each => [each, each]), wanted.project);
  options(choices.infrastructure, "Any infrastructure", infrastructures.map(each => [each, each]), wanted.infrastructure);
  const filtered = FILTERS.some(name => wanted[name] !== "");
  replace(board, infrastructures.length === 0
    ? empty("There is no infrastructure that you may see.",
      "Whoever administers one, or Jenkins, can give you the right to view it or to deploy to it.")
    : deployments.length === 0
      ? filtered || wanted.after ? nothingFound() : nothingDeployed()
      : [columns(stages, deployments), paging(next)]);
  const summary = `${amount(deployments.length, "deployment")} shown, ${deployments.filter(each => each.update).length} with an update under way.`;
  if (asOfNow !== summary) {
    say(summary);
    asOfNow = summary;
  }
}

function nothingDeployed() {
  return empty("Nothing is deployed that you may see.", "A Pipeline deploys with the step deployProject.");
}

function nothingFound() {
  return empty("No deployment is like that.", h("button", {type: "button", class: "jenkins-button", id: "all", click: all}, "Show all"));
}

function all() {
  text.value = choices.project.value = choices.infrastructure.value = choices.health.value = "";
  choose({text: "", project: "", infrastructure: "", health: ""});
}

function columns(stages, deployments) {
  return h("div", {class: "project-deployer-board"}, stages.map((stage, place) => {
    const here = deployments.filter(deployment => deployment.stage === stage.id);
    return h("section", {"aria-labelledby": "stage-" + place},
      h("h2", {id: "stage-" + place, title: stage.desc}, stage.id, " ", h("span", {class: "project-deployer-count"}, stage.deployments)),
      here.length === 0 ? h("p", {class: "project-deployer-quiet"}, stage.deployments === 0 ? "Nothing yet" : "None of these") : here.map(card));
  }));
}

function card(deployment) {
  const {id, project, targetProject, infrastructure, since, by, update, tags} = deployment;
  return h("article", {class: "jenkins-card project-deployer-card"},
    h("h3", {}, h("a", {href: page`deployment/${id}/`}, id)),
    h("div", {}, health(deployment.health)),
    h("dl", {},
      fact("Project", targetProject === project ? project : `${project} as ${targetProject}`),
      fact("Bundle", bundles(deployment)),
      fact("On", infrastructure),
      since && fact("Since", [when(since), by && ` by ${by}`])),
    update && h("p", {class: "project-deployer-under-way"}, status(update.status),
      ` update ${update.number} by ${update.requester}`, update.phase && `, phase ${update.phase}`),
    tags.length > 0 && h("ul", {class: "project-deployer-tags", "aria-label": "Tags"}, tags.map(tag => h("li", {}, tag))));
}

function fact(name, value) {
  return [h("dt", {}, name), h("dd", {}, value)];
}

function paging(next) {
  return (next || wanted.after) && h("nav", {class: "project-deployer-paging", "aria-label": "More deployments"},
    wanted.after && h("button", {type: "button", id: "first", class: "jenkins-button", click: () => turnTo("")}, "First page"),
    next && h("button", {type: "button", id: "next", class: "jenkins-button", click: () => turnTo(next)}, "Next page"));
}

function turnTo(after) {
  choose({after});
  scrollTo({top: 0});
}
