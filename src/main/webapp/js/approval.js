import {get, item, page, path, send} from "./api.js";
import {ask} from "./dialog.js";
import {h, replace} from "./dom.js";
import {button, field, refusedBy} from "./forms.js";
import {code, fact, plan} from "./plan.js";
import {poll} from "./poll.js";
import {loading, problem, say} from "./states.js";
import {recount} from "./waiting.js";
import {exactly, when} from "./words.js";

/**
 * One request. A decision binds what is on the screen: when the plan is another one by now, nothing more is offered until
 * whoever looks has asked to see it.
 */

const APPROVED = "You have approved it.";
const place = document.getElementById("project-deployer");
const head = h("div", {}, loading());
const decision = h("div", {});
const body = h("div", {});
const onwards = h("p", {});
let seen = null;
let decided = null;

replace(place, head, decision, onwards, body);
const live = poll(() => path`/approvals/${item}`, arrived, over);

function arrived(request) {
  if (seen && (seen.digest !== request.digest || seen.revision !== request.revision)) {
    replace(decision, h("div", {class: "jenkins-alert jenkins-alert-warning", role: "alert"},
      h("p", {}, `What you see is no longer so: ${request.changed.join(", ")} changed. Approvals given before are void.`),
      button("show-new", "Show the plan as it is now", () => show(request))));
    return;
  }
  show(request);
}

/** It has ended, or is hidden, or was never there: in the words of whoever says so. */
function over(error) {
  if (error.status === 0) {
    replace(decision, problem(error));
    return;
  }
  if (decided) {
    // That it has ended they want to know; that they come too late they do not.
    replace(decision, done(), h("p", {}, error.message.split(";")[0] + "."));
  } else {
    replace(head, problem(error));
    replace(decision);
  }
  if (!seen) {
    replace(body);
  }
  leadOn();
  recount();
}

function done() {
  return h("div", {class: "jenkins-alert jenkins-alert-success", role: "status", id: "decided"}, decided);
}

/** A deployment that is new is there once its update goes on. */
async function leadOn() {
  const deployment = seen && await get(path`/deployments/${seen.deployment}`).catch(() => null);
  replace(onwards,
    deployment && [h("a", {href: page`deployment/${seen.deployment}/` + "#update-" + item}, `Follow update ${item}`), ", or "],
    h("a", {href: page`approvals/`}, deployment ? "see what else waits" : "See what else waits"));
}

function show(request) {
  const before = seen;
  seen = request;
  replace(head, summary(request));
  replace(body, plan(request), h("p", {class: "project-deployer-quiet"}, "Digest over all of it: ", code(request.digest)));
  if (!before || before.digest !== request.digest || before.canDecide !== request.canDecide
      || before.freeze?.name !== request.freeze?.name || decision.childElementCount === 0) {
    replace(decision, form(request));
  }
  // An approval may be void by now.
  decided = request.approved ? APPROVED : null;
  if (!before && decided) {
    leadOn();
  }
  if (before && before.counted !== request.counted) {
    say(tally(request));
  }
}

function summary(request) {
  return [
    request.brokenGlass && h("div", {class: "jenkins-alert jenkins-alert-danger"},
      `It went out under broken glass: ${request.brokenGlass.by}, ${request.brokenGlass.reason}. Approvals are owed until `,
      exactly(request.owedUntil), "."),
    request.changed.length > 0 && h("div", {class: "jenkins-alert jenkins-alert-info"},
      `The plan was made anew since it was asked for: ${request.changed.join(", ")} changed.`),
    h("dl", {class: "project-deployer-facts"},
      fact("Asks", [request.requestedBy.join(", "), ", ", when(request.requestedAt)]),
      fact("For", `${request.project} ${request.bundle} on ${request.infrastructure} (${request.stage})`),
      fact("Approvals", tally(request)),
      fact("Who may decide", `${request.approvers.join(", ")}; not ${[...request.requestedBy, ...request.editors].join(", ")}`),
      request.unknownEditor && fact("One more", "than usual has to agree: nobody knows who changed the infrastructure shortly before"),
      request.deadline && fact("Given up", exactly(request.deadline)),
      request.override && fact("Freeze", `${request.override.freeze} is overridden by ${request.override.by}: ${request.override.reason}`)),
    request.votes.length > 0 && h("ul", {class: "project-deployer-plain"}, request.votes.map(vote => h("li", {},
      `${vote.user} has ${vote.approves ? "approved" : "rejected"}`, vote.inAdvance && " in advance", ", ", when(vote.at),
      vote.reason && `: ${vote.reason}`, vote.doesNotCount && ` (does not count: ${vote.doesNotCount})`))),
  ];
}

function tally(request) {
  return request.needed === 0 ? "none needed" : `${request.counted} of ${request.needed}`;
}

function form(request) {
  return [
    request.freeze && freeze(request),
    request.canDecide ? decide(request) : h("p", {class: "project-deployer-quiet"}, `You cannot decide on it: you ${objection(request)}.`),
  ];
}

/** "is none of the approvers" was said of a person, and is said to them. */
function objection({objection: said}) {
  return said.startsWith("is ") ? said.replace("is ", "are ") : said;
}

/** Whoever has approved it may still reject it. */
function decide({approved}) {
  const reason = h("textarea", {id: "reason", class: "jenkins-input", rows: "2"});
  const said = h("div", {"aria-live": "assertive"});
  const buttons = [
    ...approved ? [] : [button("approve", "Approve", () => give("approve", reason, said, buttons), "jenkins-button--primary")],
    button("reject", "Reject", () => give("reject", reason, said, buttons), "jenkins-!-destructive-color"),
  ];
  return h("section", {class: "project-deployer-decision", "aria-label": "Your decision"},
    approved && h("p", {}, APPROVED), field("Reason (must be given to reject)", reason), h("div", {class: "project-deployer-buttons"}, buttons), said);
}

/** The buttons rest until there is an answer; were one pressed twice all the same, it would count once. */
async function give(verb, reason, said, buttons) {
  const {revision, digest} = seen;
  await refusedBy(said, buttons, async () => {
    await send("POST", path`/approvals/${item}/` + verb, {reason: reason.value, revision, digest});
    decided = verb === "approve" ? APPROVED : "You have rejected it.";
    replace(decision, done());
    leadOn();
    recount();
  });
  live.now();
}

function freeze(request) {
  return h("div", {class: "jenkins-alert jenkins-alert-warning"}, `Freeze ${request.freeze.name} holds it until `, exactly(request.freeze.until), ".",
    request.canOverrideFreeze && h("p", {}, button("override", "Override the freeze", () => ask({
      title: `Override freeze ${request.freeze.name}`,
      text: `Lets update ${item} through, and no other. Its approvals are asked for all the same.`,
      fields: [{name: "reason", label: "Why it must not wait", kind: "text"}],
      action: "Override",
      run: async said => {
        await send("POST", path`/approvals/${item}/override-freeze`, said);
        live.now();
      },
    }))));
}
