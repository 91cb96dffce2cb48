import {send} from "./api.js";
import {h, replace} from "./dom.js";
import {button, field, refusedBy} from "./forms.js";
import {poll} from "./poll.js";
import {problem} from "./states.js";
import {table} from "./table.js";
import {exactly} from "./words.js";

const LENGTHS = [["30m", "30 minutes"], ["1h", "1 hour"], ["2h", "2 hours"], ["4h", "4 hours"], ["8h", "8 hours"], ["24h", "24 hours"]];

/** Glass that is broken, for everybody who may see it; and the way to break it, for those who have the right. */
export function emergencies() {
  const broken = h("div", {});
  const place = h("div", {}, broken);
  let offered = false;
  const live = poll(() => "/broken-glass", show, error => replace(broken, problem(error)), 60_000);

  function show({canBreak, glasses}) {
    replace(broken, glasses.length > 0 && h("div", {class: "jenkins-alert jenkins-alert-danger"}, h("strong", {}, "Broken glass"),
      table("Broken glass", ["Project", "Infrastructure", "By", "Why", "Until"],
        glasses.map(each => [each.project, each.infrastructure, each.by, each.reason, exactly(each.until)]))));
    if (canBreak && !offered) {
      offered = true;
      place.append(form());
    }
  }

  function form() {
    const project = h("input", {id: "glass-project", class: "jenkins-input", autocomplete: "off"});
    const infrastructure = h("input", {id: "glass-infrastructure", class: "jenkins-input", autocomplete: "off"});
    const length = h("select", {id: "glass-length", class: "jenkins-select__input"}, LENGTHS.map(([value, word]) => h("option", {value}, word)));
    const reason = h("input", {id: "glass-reason", class: "jenkins-input"});
    const said = h("div", {"aria-live": "assertive"});
    const press = button("break-glass", "Break the glass", () => refusedBy(said, [press], async () => {
      await send("POST", "/broken-glass",
        {project: project.value.trim(), infrastructure: infrastructure.value.trim(), length: length.value, reason: reason.value});
      reason.value = "";
      live.now();
    }), "jenkins-!-destructive-color");
    return h("details", {class: "project-deployer-more", id: "emergency"},
      h("summary", {}, "Break the glass"),
      h("p", {}, "Opens the gate of one project on one infrastructure for a while: no approval, no promotion rule and no freeze holds its"
        + " updates. Each of them owes its approvals afterwards, and everybody is told."),
      h("div", {class: "project-deployer-filters"}, field("Project", project), field("Infrastructure", infrastructure),
        field("For", length), field("Why", reason)),
      h("div", {class: "project-deployer-paging"}, press), said);
  }

  return place;
}
