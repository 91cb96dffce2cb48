import {page, query} from "./api.js";
import {h, replace} from "./dom.js";
import {poll} from "./poll.js";
import {empty, loading, problem} from "./states.js";
import {table} from "./table.js";
import {run} from "./update.js";
import {amount, when} from "./words.js";

/** Hooks: who holds a permit, who waits for one, and how the last ones ran. */

const PHASES = {PRE: "before", POST: "after"};
const OTHERS = "a hook of another infrastructure";
const place = document.getElementById("project-deployer");
const now = h("section", {"aria-labelledby": "now"}, h("h2", {id: "now"}, "At work now"), loading());
const past = h("section", {"aria-labelledby": "past"}, h("h2", {id: "past"}, "Last runs"), loading());
let before = null;
replace(place, now, past);
poll(() => "/hooks", permits, error => replace(now, h("h2", {id: "now"}, "At work now"), problem(error)), 2_000);
const runs = poll(() => "/hooks/runs" + query({before}), show, error => replace(past, h("h2", {id: "past"}, "Last runs"), problem(error)));

function permits({permits: all, holders, waiters}) {
  replace(now, h("h2", {id: "now"}, "At work now"),
    h("p", {}, `${holders.length} of ${all} permits are held; ${amount(waiters.length, "hook waits", "hooks wait")} for one.`),
    holders.length > 0 && table("Hooks at work", ["Hook", "Of the update", "Since"], holders.map(each =>
      [each.who ?? OTHERS, PHASES[each.phase], when(each.since)])),
    waiters.length > 0 && table("Hooks that wait, first come first served", ["Hook", "Of the update", "Waits since", "Refused"], waiters.map(each =>
      [each.who ?? OTHERS, PHASES[each.phase], when(each.since), when(each.deadline)])));
}

function show({runs: lines, next}) {
  replace(past, h("h2", {id: "past"}, "Last runs"),
    lines.length === 0 && empty("No hook of yours has run yet."),
    lines.map(line => h("article", {},
      h("h3", {}, line.deployment ? h("a", {href: page`deployment/${line.deployment}/` + "#update-" + line.update}, `Update ${line.update} of ${line.deployment}`)
        : `Update ${line.update} of ${line.project} on ${line.infrastructure}`, " ", h("span", {class: "project-deployer-count"}, when(line.startedAt))),
      run(line, line.update))),
    h("div", {class: "project-deployer-buttons"},
      before !== null && h("button", {type: "button", id: "newest", class: "jenkins-button", click: () => turnTo(null)}, "Newest"),
      next !== null && h("button", {type: "button", id: "older", class: "jenkins-button", click: () => turnTo(next)}, "Older")));
}

function turnTo(update) {
  before = update;
  runs.now();
}
