import {path, send} from "./api.js";
import {h, replace} from "./dom.js";
import {button, field, offerBundles, offerTargets, refusedBy} from "./forms.js";
import {plan} from "./plan.js";
import {poll} from "./poll.js";
import {problem} from "./states.js";
import {table} from "./table.js";
import {exactly} from "./words.js";

/** Approvals before anybody has asked: the plan of this moment, an approval that binds it, and one's own to take back. */
export function inAdvance() {
  const given = h("div", {});
  const preview = h("div", {});
  const said = h("div", {"aria-live": "assertive"});
  const names = ["project", "bundle", "infrastructure"];
  const inputs = names.map(name => h("input", {id: "advance-" + name, class: "jenkins-input", autocomplete: "off"}));
  const [project, bundle, infrastructure] = inputs;
  project.addEventListener("change", () => offerBundles(bundle, project));
  const live = poll(() => "/pre-approvals", show, error => replace(given, problem(error)), 60_000);
  const look = button("preview", "Show the plan", () => refusedBy(said, [look], async () => {
    const target = Object.fromEntries(names.map((name, i) => [name, inputs[i].value.trim()]));
    replace(preview);
    const seen = await send("POST", "/pre-approvals/preview", target);
    replace(preview, plan(seen), approval(target, seen));
  }));

  function approval(target, {digest}) {
    const reason = h("input", {id: "advance-reason", class: "jenkins-input"});
    const refused = h("div", {"aria-live": "assertive"});
    const approve = button("pre-approve", "Approve in advance", () => refusedBy(refused, [approve], async () => {
      await send("POST", "/pre-approvals", {...target, reason: reason.value, digest});
      replace(preview, h("div", {class: "jenkins-alert jenkins-alert-success", role: "status"}, "You have approved it in advance."));
      live.now();
    }), "jenkins-button--primary");
    return [field("Reason", reason), h("div", {class: "project-deployer-buttons"}, approve), refused];
  }

  function show({preApprovals}) {
    replace(given, preApprovals.length > 0 && table("Approvals in advance", ["What", "Where", "By", "Until", "Why", ""],
      preApprovals.map(each => [`${each.project} ${each.bundle}`, each.infrastructure, each.by, exactly(each.until), each.reason ?? "",
        each.own && h("button", {type: "button", class: "jenkins-button", "data-key": each.id, click: () => takeBack(each.id)}, "Take back")])));
  }

  async function takeBack(id) {
    await refusedBy(said, [], () => send("DELETE", path`/pre-approvals/${id}`));
    live.now();
  }

  return h("details", {"data-key": "in-advance", class: "project-deployer-more", id: "in-advance", toggle: () => offerTargets(project, infrastructure)},
    h("summary", {}, "Approve in advance"),
    h("p", {}, "For the first update within seven days that brings this bundle there with default parameters and by this very plan."),
    given, names.map((name, i) => field(name[0].toUpperCase() + name.slice(1), inputs[i])),
    h("div", {class: "project-deployer-buttons"}, look), said, preview);
}
