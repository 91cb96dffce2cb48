import {get, item, page, path, query, send} from "./api.js";
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
const REJECTED = "You have rejected it.";
const OVERRIDDEN = "You have overridden the freeze.";
const place = document.getElementById("project-deployer");
const head = h("div", {}, loading());
const decision = h("div", {});
const body = h("div", {});
const onwards = h("p", {});
let seen = null;
/** What whoever looks has done here: it stands above all that comes of it. */
let done = null;
let offered = null;
let later = null;

replace(place, head, decision, onwards, body);
const live = poll(() => path`/approvals/${item}`, arrived, over);

function arrived(request) {
  if (seen && (seen.digest !== request.digest || seen.revision !== request.revision)) {
    offered = null;
    replace(decision, h("div", {class: "jenkins-alert jenkins-alert-warning", role: "alert"},
      h("p", {}, `What you see is no longer so: ${request.changed.join(", ")} changed. Approvals given before are void.`),
      button("show-new", "Show the plan as it is now", () => show(request))));
    return;
  }
  show(request);
}

/** It has ended, or is hidden, or was never there: in the words of whoever says so. */
function over(error) {
  offered = null;
  if (!seen) {
    replace(head);
  }
  replace(decision, doneHere(), error.status === 409 ? h("p", {id: "over"}, error.message) : problem(error));
  if (error.status !== 0) {
    leadOn();
    recount();
  }
}

function doneHere() {
  return done && h("div", {class: "jenkins-alert jenkins-alert-success", role: "status", id: "decided"}, done);
}

/** A deployment that is new is there once its update goes on: it is looked for, not asked for, which would fail until then. */
async function leadOn() {
  clearTimeout(later);
  const found = seen && await get("/deployments" + query({text: seen.deployment, infrastructure: seen.infrastructure})).catch(() => null);
  const deployment = found?.data.deployments.some(({id}) => id === seen.deployment);
  replace(onwards,
    deployment && [h("a", {href: page`deployment/${seen.deployment}/` + "#update-" + item}, `Follow update ${item}`), ", or "],
    h("a", {href: page`approvals/`}, deployment ? "see what else waits" : "See what else waits"));
  if (!deployment && seen?.state === "PASSED") {
    later = setTimeout(leadOn, 5_000);
  }
}

function show(request) {
  const before = seen;
  seen = request;
  replace(head, summary(request));
  replace(body, plan(request), h("p", {class: "project-deployer-quiet"}, "Digest over all of it: ", code(request.digest)));
  // An approval may be void by now.
  done = request.approved ? APPROVED : done === APPROVED ? null : done;
  const {revision, state, canDecide, objection, approved, freeze, canOverrideFreeze} = request;
  const offer = JSON.stringify([done, request.digest, revision, state, canDecide, objection, approved, isRejected(request), freeze, canOverrideFreeze]);
  if (offer !== offered) {
    // Whoever is writing a reason keeps it while nothing else is to be decided.
    offered = offer;
    replace(decision, form(request));
    if (done) {
      leadOn();
    }
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
    request.outOfReach && h("div", {class: "jenkins-alert jenkins-alert-warning"}, `It cannot have its approvals: ${request.outOfReach}.`),
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
    doneHere(),
    request.freeze && freeze(request),
    request.state === "PASSED" ? h("p", {class: "project-deployer-quiet"}, "The update goes on.")
      : isRejected(request) ? h("p", {class: "project-deployer-quiet"}, "It is rejected.")
        : request.canDecide ? decide(request) : h("p", {class: "project-deployer-quiet"}, `You cannot decide on it: you ${objection(request)}.`),
  ];
}

function isRejected({votes}) {
  return votes.some(({approves}) => !approves);
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
    field("Reason (must be given to reject)", reason), h("div", {class: "project-deployer-buttons"}, buttons), said);
}

/** The buttons rest until there is an answer; were one pressed twice all the same, it would count once. */
async function give(verb, reason, said, buttons) {
  const {revision, digest} = seen;
  await refusedBy(said, buttons, async () => {
    await send("POST", path`/approvals/${item}/` + verb, {reason: reason.value, revision, digest});
    done = verb === "approve" ? APPROVED : REJECTED;
    offered = null;
    replace(decision, doneHere());
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
        done = OVERRIDDEN;
        live.now();
      },
    }))));
}
