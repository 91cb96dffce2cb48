import {send} from "./api.js";
import {ask} from "./dialog.js";
import {h, replace} from "./dom.js";
import {button, offerTargets} from "./forms.js";
import {poll} from "./poll.js";
import {problem} from "./states.js";
import {table} from "./table.js";
import {exactly} from "./words.js";

/** Glass that is broken, for everybody who may see it; and the way to break it, for those who have the right. */
export function emergencies() {
  const place = h("section", {"aria-label": "Emergencies"});
  const live = poll(() => "/broken-glass", show, error => replace(place, problem(error)), 60_000);

  function show({canBreak, longest, glasses}) {
    replace(place,
      glasses.length > 0 && h("div", {class: "jenkins-alert jenkins-alert-danger"}, h("strong", {}, "Broken glass"),
        table("Broken glass", ["Project", "Infrastructure", "By", "Why", "Until"],
          glasses.map(each => [each.project, each.infrastructure, each.by, each.reason, exactly(each.until)]))),
      canBreak && h("p", {}, button("break-glass", "Break the glass", () => breakGlass(longest), "jenkins-!-destructive-color")));
  }

  function breakGlass(longest) {
    ask({
      title: "Break the glass",
      text: "Opens the gate of one project on one infrastructure for a while: no approval, no promotion rule and no freeze holds its"
        + " updates. Each of them owes its approvals afterwards, and everybody is told.",
      fields: [
        {name: "project", label: "Project", kind: "text"},
        {name: "infrastructure", label: "Infrastructure", kind: "text"},
        {name: "length", label: "For", kind: "text", value: "1h", help: `Such as 30m or 2h; ${longest} at most`},
        {name: "reason", label: "Why", kind: "text"},
      ],
      action: "Break the glass",
      destructive: true,
      run: async said => {
        await send("POST", "/broken-glass", said);
        live.now();
      },
    });
    offerTargets(document.getElementById("dialog-project"), document.getElementById("dialog-infrastructure"));
  }

  return place;
}
