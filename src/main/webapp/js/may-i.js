import {get, query} from "./api.js";
import {h, replace} from "./dom.js";
import {field, offerBundles, offerTargets, refusedBy} from "./forms.js";
import {say} from "./states.js";
import {exactly, mark} from "./words.js";

/** "May I?": whether somebody may deploy a project to an infrastructure, why, and what stands in the way besides. */

const GATES = {APPROVALS: "Approvals", PROMOTION: "Promotion", FREEZE: "Freeze"};

/** @param me who looks: only administrators ask about others */
export function mayI(place, me) {
  const said = h("div", {id: "answer"});
  const user = input("may-user", {value: me.id, readonly: !me.administrator});
  const project = input("may-project", {required: true});
  const infrastructure = input("may-infrastructure", {required: true});
  const bundle = input("may-bundle", {});
  const job = input("may-job", {});
  const ask = h("button", {id: "may-ask", class: "jenkins-button jenkins-button--primary"}, "Ask");
  replace(place, h("h2", {id: "may-i"}, "May I?"),
    h("form", {class: "project-deployer-filters", "aria-label": "May I?", submit: event => {
      event.preventDefault();
      refusedBy(said, [ask], async () => {
        const {data} = await get("/access/may" + query({user: user.value.trim(), project: project.value.trim(),
          infrastructure: infrastructure.value.trim(), bundle: bundle.value.trim(), job: job.value.trim()}));
        replace(said, answer(data));
        say(data.may ? "Yes." : "No.");
      });
    }},
      field("Who", user), field("deploys project", project), field("to infrastructure", infrastructure), field("bundle, if you know it", bundle),
      field("in job, by its full name", job),
      h("div", {class: "project-deployer-end"}, ask)), said);
  offerTargets(project, infrastructure);
  project.addEventListener("change", () => offerBundles(bundle, project));
}

function input(id, more) {
  return h("input", {id, type: "text", class: "jenkins-input", autocomplete: "off", ...more});
}

function answer({user, project, infrastructure, bundle, job, may, reasons, openUntil, gates}) {
  return [
    h("p", {}, mark(`${may ? "Yes" : "No"}, ${user} may ${may ? "" : "not "}deploy ${project}${bundle ? " " + bundle : ""} to ${infrastructure}${job ? " in job " + job : ""}`
      + (may && gates.length > 0 && !openUntil ? ", and it goes on once its gates are open." : "."), may ? "good" : "bad")),
    h("ul", {}, reasons.map(reason => h("li", {}, reason))),
    !job && h("p", {class: "project-deployer-quiet"}, "This is about the person. What the folders of a job forbid is said once a job is named."),
    openUntil && h("p", {class: "jenkins-alert jenkins-alert-warning"}, "Somebody has opened the gate in an emergency: nothing of it holds until ", exactly(openUntil), "."),
    gates.length > 0 && h("dl", {class: "project-deployer-facts"}, gates.map(gate => [h("dt", {}, GATES[gate.kind]), h("dd", {}, gate.text, " ", opens(gate))])),
  ];
}

function opens({kind, approvers, right, holders}) {
  const people = approvers.length === 0 ? "Nobody is left who could approve it. " : `It is opened by approvals of ${approvers.join(", ")}. `;
  const ordinary = kind === "APPROVALS" ? people : "";
  const others = holders.length === 0 ? "" : `: ${holders.join(", ")}`;
  return `${ordinary}Whoever has the right “${right}” passes it${others}.`;
}
