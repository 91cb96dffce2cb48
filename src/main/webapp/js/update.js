import {page} from "./api.js";
import {h} from "./dom.js";
import {table} from "./table.js";
import {duration, exactly, mark, status} from "./words.js";

/** One update in full. */

const OUTCOMES = {DONE: ["Done", "good"], SKIPPED: ["Skipped", "none"], FAILED: ["Failed", "bad"], ABORTED: ["Aborted", "none"]};
const TONES = {ERROR: "bad", WARNING: "fair", INFO: "none"};
const RUNS = {PRE_HOOK: "hook before the deployment", POST_HOOK: "hook after the deployment", TEST_SCENARIO: "test scenario"};
const ENDS = {SUCCESS: ["Success", "good"], WARNING: ["Warning", "fair"], ERROR: ["Error", "bad"]};
const RETRIED = ["FAILED", "ROLLED_BACK", "ABORTED"];

/** @param acts {retry, rollBack, abort}: each does it, after asking; nothing: whoever looks may not */
export function details(update, acts) {
  const ended = update.endedAt !== null;
  return h("section", {"aria-labelledby": "update-title"},
    h("h2", {id: "update-title"}, `Update ${update.number}`),
    h("dl", {class: "project-deployer-facts"},
      fact("Status", status(update.status), update.status === "WAITING" && [" ", h("a", {href: page`approval/${update.number}/`}, "What it waits for")],
        update.deployed && update.status === "FAILED" && " The bundle is active all the same."),
      fact("Bundle", update.bundle, update.bundleBefore && `, before it ${update.bundleBefore}`),
      fact("Requested by", update.requestedBy.join(", "), update.origin.job && [", build of ", link(update.origin)]),
      update.users.deploying && fact("Deployed as", update.users.deploying),
      update.users.scenarios && fact("Scenarios run as", update.users.scenarios),
      update.users.webApps && fact("Web apps run as", update.users.webApps),
      fact("Begun", exactly(update.submittedAt)),
      ended && fact("Ended", exactly(update.endedAt), ` after ${duration(new Date(update.endedAt) - new Date(update.submittedAt))}`),
      update.abortAskedBy && fact("Ended by", update.abortAskedBy),
      update.gate.length > 0 && fact("Gate", h("ul", {class: "project-deployer-plain"}, update.gate.map(line => h("li", {}, line))))),
    acts && h("div", {class: "project-deployer-buttons"},
      update.againstRetry === null && button("retry", "Retry", acts.retry),
      ended && update.nodes.length > 0 && button("rollback", "Roll back", acts.rollBack),
      !ended && button("abort", "Abort", acts.abort)),
    acts && RETRIED.includes(update.status) && update.againstRetry && h("p", {class: "project-deployer-quiet"}, update.againstRetry),
    update.phases.length > 0 && [h("h3", {}, "Phases"), phases(update.phases)],
    update.messages.length > 0 && [h("h3", {}, "Messages"), h("ul", {class: "project-deployer-plain"}, update.messages.map(message =>
      h("li", {}, said(message))))],
    update.nodes.length > 0 && [h("h3", {}, "Nodes"), table("Nodes", ["Node", "Active bundle", "Came as far as", "Failed in"],
      update.nodes.map(node => [node.node, node.activeBundle ?? "none", node.reached, failedIn(node)]))],
    update.runs.length > 0 && [h("h3", {}, "Hooks and tests"), update.runs.map(each => run(each, update.number))],
    h("details", {"data-key": "log"}, h("summary", {}, h("h3", {}, "Log")),
      h("pre", {class: "project-deployer-log", tabindex: "0"}, update.log.join("\n"))));
}

/** A message, with the node that it is about. */
export function said({text, severity, node}) {
  return mark(node ? `${text} (${node})` : text, TONES[severity]);
}

/** The phase that failed on a node; what was wrong stands among the messages. */
export function failedIn({problem}) {
  return problem?.split(":")[0];
}

function fact(name, ...value) {
  return [h("dt", {}, name), h("dd", {}, value)];
}

function link({job, link: address}) {
  return address ? h("a", {href: address}, job) : job;
}

function button(name, word, click) {
  return h("button", {type: "button", id: "do-" + name, class: "jenkins-button", click}, word);
}

/** Each phase with a bar as long as it took, beside the longest. */
function phases(all) {
  const lengths = all.map(({startedAt, endedAt}) => (endedAt ? new Date(endedAt) : new Date()) - new Date(startedAt));
  const longest = Math.max(...lengths, 1);
  return h("ol", {class: "project-deployer-phases"}, all.map(({phase, outcome}, place) => {
    const bar = h("span", {class: "project-deployer-bar", "aria-hidden": "true"});
    bar.style.setProperty("--share", lengths[place] / longest);
    return h("li", {},
      h("span", {}, phase),
      mark(...(OUTCOMES[outcome] ?? ["Under way", "busy"])),
      bar,
      h("span", {}, duration(lengths[place])));
  }));
}

/** A hook or a test as it went. */
export function run({kind, name, outcome, message, details: output, calls, startedAt, endedAt}, update) {
  const key = `${update} ${kind} ${name}`;
  return h("div", {class: "project-deployer-run"},
    h("p", {}, h("strong", {}, name), `, ${RUNS[kind]}: `,
      mark(...ENDS[outcome] ?? (outcome ? [outcome, "bad"] : endedAt ? ["no outcome known", "none"] : ["under way", "busy"])),
      startedAt && endedAt && ` after ${duration(new Date(endedAt) - new Date(startedAt))}`, message && [": ", message]),
    output && h("details", {"data-key": "output " + key}, h("summary", {}, "Output"), h("pre", {class: "project-deployer-log", tabindex: "0"}, output)),
    calls.length > 0 && h("details", {"data-key": "calls " + key}, h("summary", {}, "Calls"),
      h("ul", {}, calls.map(call => h("li", {}, call)))));
}
