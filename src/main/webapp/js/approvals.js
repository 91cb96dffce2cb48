import {page, query} from "./api.js";
import {h, replace} from "./dom.js";
import {emergencies} from "./emergencies.js";
import {button, checkbox} from "./forms.js";
import {inAdvance} from "./in-advance.js";
import {poll} from "./poll.js";
import {empty, loading, problem, say} from "./states.js";
import {table} from "./table.js";
import {recount} from "./waiting.js";
import {amount, exactly, when} from "./words.js";

/** What waits for whoever looks; and, where they ask for it, everything that waits and that they may see. */

const EVERY = 10_000;
const place = document.getElementById("project-deployer");
const list = h("div", {}, loading());
const all = h("input", {type: "checkbox", id: "all"});
let after = "";
let count = null;

all.checked = new URLSearchParams(location.search).has("all");
all.addEventListener("change", () => turnTo(""));
replace(place,
  h("p", {}, checkbox(all, "Also those that others decide on")),
  list, inAdvance(), emergencies());
const live = poll(() => "/approvals" + query({all: all.checked, after}), show, error => replace(list, problem(error)), EVERY);

function turnTo(next) {
  after = next;
  history.replaceState(null, "", location.pathname + query({all: all.checked}));
  live.now();
}

function show({requests, next}) {
  replace(list, requests.length === 0 ? empty(all.checked ? "Nothing waits that you may see." : "Nothing waits for your decision.")
    : table("Requests", ["Update", "What", "Where", "Asked by", "When", "Approvals", "Until"], requests.map(row)),
  (next || after) && h("nav", {class: "project-deployer-paging", "aria-label": "More requests"},
    after && button("first", "First page", () => turnTo("")), next && button("next", "Next page", () => turnTo(next))));
  if (count !== requests.length) {
    if (count !== null) {
      recount();
    }
    count = requests.length;
    say(amount(count, "request is", "requests are") + " shown.");
  }
}

function row(request) {
  return [
    h("a", {class: "jenkins-table__link", href: page`approval/${request.update}/`}, `Update ${request.update}`),
    `${request.project} ${request.bundle}`,
    `${request.infrastructure} (${request.stage})`,
    request.requestedBy.join(", "),
    when(request.requestedAt),
    request.needed === 0 ? "waits for the end of a freeze"
      : `${request.approvals} of ${request.needed}${request.brokenGlass ? ", owed: it went under broken glass" : ""}`,
    exactly(request.owedUntil ?? request.deadline) ?? "",
  ];
}
