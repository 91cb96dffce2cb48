import {query, send} from "./api.js";
import {ask} from "./dialog.js";
import {h, replace} from "./dom.js";
import {checkbox} from "./forms.js";
import {poll} from "./poll.js";
import {empty, loading, problem} from "./states.js";
import {table} from "./table.js";
import {exactly, mark} from "./words.js";

/** Everything that was recorded, newest first, and whether it was changed since. */

const place = document.getElementById("project-deployer");
const list = h("div", {}, loading());
const verdict = h("div", {"aria-live": "polite"});
const text = h("input", {id: "filter-text", type: "search", class: "jenkins-input", placeholder: "User, project, bundle, anything"});
const type = h("input", {id: "filter-type", type: "search", class: "jenkins-input", placeholder: "update.ended, project., gate."});
const steps = h("input", {id: "filter-steps", type: "checkbox"});
let wanted = {text: "", type: "", before: "", brief: true};
/** Values of an entry that are shown unasked. */
const AT_ONCE = 6;
let typing = null;
for (const [name, field] of Object.entries({text, type})) {
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => choose({[name]: field.value.trim(), before: ""}), 300);
  });
}
steps.addEventListener("change", () => choose({brief: !steps.checked, before: ""}));
replace(place,
  h("form", {class: "project-deployer-filters", role: "search", submit: event => event.preventDefault()},
    h("div", {}, h("label", {for: "filter-text"}, "Search"), text),
    h("div", {}, h("label", {for: "filter-type"}, "What happened begins with"), type),
    h("div", {class: "project-deployer-check"}, checkbox(steps, "Each step of each update too"))),
  h("div", {class: "project-deployer-buttons"},
    h("button", {type: "button", id: "verify", class: "jenkins-button", click: verify}, "Verify")),
  verdict, list);
const live = poll(() => "/audit" + query(wanted), show, error => replace(list, problem(error)), 10_000);

function choose(change) {
  wanted = {...wanted, ...change};
  live.now();
}

function show({head, entries, next}) {
  replace(list,
    h("p", {class: "project-deployer-quiet project-deployer-wrap"}, "Newest entry, to keep elsewhere: ", h("span", {class: "project-deployer-code"}, head)),
    entries.length === 0
      ? empty(next === null ? "Nothing is like that." : "Nothing among the newest entries is like that.")
      : table("What was recorded, newest first", ["Entry", "When", "What happened", "Facts"], entries.map(entry => [
        entry.number,
        exactly(entry.at),
        entry.type,
        facts(entry.number, entry.facts),
      ])),
    h("div", {class: "project-deployer-buttons"},
      wanted.before && h("button", {type: "button", id: "newest", class: "jenkins-button", click: () => choose({before: ""})}, "Newest"),
      next !== null && h("button", {type: "button", id: "older", class: "jenkins-button", click: () => choose({before: next})}, "Older")));
}

/** Every value with the name of where it stands; where there are many, those at the top say what it is about and the others are folded away. */
function facts(number, all) {
  const depth = ([name]) => name.split(" / ").length;
  const values = leaves("", all).toSorted((one, other) => depth(one) - depth(other)).map(([name, value]) => h("li", {}, h("span", {}, name), " ", value));
  const first = h("ul", {class: "project-deployer-leaves"}, values.slice(0, AT_ONCE));
  const more = values.slice(AT_ONCE);
  return [first, more.length > 0 && h("details", {"data-key": "facts " + number}, h("summary", {}, `${more.length} more`),
    h("ul", {class: "project-deployer-leaves"}, more))];
}

function leaves(name, value) {
  return value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([key, inner]) => leaves(Array.isArray(value) ? name : name ? `${name} / ${key}` : key, inner))
    : [[name, String(value)]];
}

function verify() {
  ask({
    title: "Verify the audit",
    text: "Reads all entries and recomputes how each is bound to the one before. Against an anchor that was kept elsewhere (build logs print one) it"
      + " also shows whether the whole was written anew.",
    fields: [{name: "expect", label: "Anchor", kind: "text", help: "NUMBER:HASH; may be empty"}],
    action: "Verify",
    run: async ({expect}) => {
      const found = await send("POST", "/audit/verification", expect ? {expect} : {});
      replace(verdict, h("p", {class: "project-deployer-wrap"}, found.intact
        ? mark(`Intact as far as ${found.head}${expect ? "" : "; without an anchor, a history written anew as a whole would not be noticed"}.`, "good")
        : mark(`Broken at ${found.where}: ${found.what}`, "bad")));
    },
  });
}
