import {get, item, path, query, send} from "./api.js";
import {ask} from "./dialog.js";
import {h, replace} from "./dom.js";
import {checkbox} from "./forms.js";
import {poll} from "./poll.js";
import {empty, loading, problem} from "./states.js";
import {table} from "./table.js";
import {details} from "./update.js";
import {status, when} from "./words.js";

const KINDS = {UPDATE: "Update", ROLL_BACK: "Roll back", DRY_RUN: "Plan only"};

/**
 * The updates of a deployment, one of them in full, and what two of them did differently.
 *
 * @param changed is called when something was done
 * @param may tells whether whoever looks may do something with the deployment
 * @param told is given the update that is shown in full, each time; null: none is
 */
export function history(place, changed, may, told) {
  const list = h("div", {}, loading());
  const one = h("div", {id: "update", tabindex: "-1"});
  const differences = h("div", {"aria-live": "polite"});
  let before = null;
  let chosen = [];
  replace(place, h("section", {"aria-labelledby": "history"}, h("h2", {id: "history"}, "History"), list, differences), one);

  const updates = poll(() => path`/deployments/${item}/updates` + query({before}), show, error => replace(list, problem(error)));
  const shown = poll(() => number() ? path`/deployments/${item}/updates/${number()}` : path`/deployments/${item}/updates` + query({limit: 1}),
    data => {
      replace(one, number() && details(data, may() && {retry: () => retry(data), rollBack: () => rollBack(data), abort: () => abort(data)}));
      told(number() ? data : null);
    },
    error => replace(one, number() && problem(error)), 3_000);
  addEventListener("hashchange", async () => {
    await shown.now();
    one.focus();
    one.scrollIntoView();
  });

  function number() {
    return /^#update-(\d+)$/.exec(location.hash)?.[1];
  }

  function show({updates: lines, next}) {
    if (lines.length === 0 && before === null) {
      replace(list, empty("There was no update yet."));
      return;
    }
    replace(list,
      table("Updates, newest first", ["Compare", "Update", "What", "Status", "Bundle", "Before", "By", "Begun"], lines.map(line => [
        compared(line),
        h("a", {href: "#update-" + line.number, class: "jenkins-table__link"}, line.number),
        KINDS[line.type],
        status(line.status),
        line.bundle,
        line.bundleBefore,
        line.requestedBy.join(", "),
        when(line.submittedAt),
      ])),
      h("div", {class: "project-deployer-buttons"},
        h("button", {type: "button", id: "compare", class: "jenkins-button", disabled: chosen.length !== 2, click: compare}, "Compare the two chosen"),
        before !== null && h("button", {type: "button", id: "newest", class: "jenkins-button", click: () => turnTo(null)}, "Newest"),
        next !== null && h("button", {type: "button", id: "older", class: "jenkins-button", click: () => turnTo(next)}, "Older")));
  }

  function turnTo(update) {
    before = update;
    updates.now();
  }

  function compared({number: update}) {
    return checkbox(h("input", {
      type: "checkbox",
      id: "compare-" + update,
      checked: chosen.includes(update),
      change: event => {
        chosen = event.target.checked ? [...chosen, update].slice(-2) : chosen.filter(other => other !== update);
        for (const box of list.querySelectorAll("input[type=checkbox]")) {
          box.checked = chosen.includes(Number(box.id.slice("compare-".length)));
        }
        list.querySelector("#compare").disabled = chosen.length !== 2;
      },
    }), h("span", {class: "jenkins-visually-hidden"}, `Compare update ${update}`));
  }

  async function compare() {
    const [from, to] = chosen.toSorted((one, other) => one - other);
    try {
      const {data} = await get(path`/deployments/${item}/differences` + query({from, to}));
      replace(differences, h("h3", {}, `From update ${from} to update ${to}`),
        data.differences.length === 0
          ? h("p", {}, "They were to do the same.")
          : table(`From update ${from} to update ${to}`, ["What", `Update ${from}`, `Update ${to}`],
            data.differences.map(({what, from: was, to: is}) => [what, was ?? "—", is ?? "—"]), "project-deployer-named project-deployer-wrap"));
    } catch (error) {
      replace(differences, problem(error));
    }
  }

  function retry(update) {
    const failed = update.phases.find(phase => phase.outcome === "FAILED")?.phase;
    act(update, "retry", failed ? `Retry from phase ${failed}` : "Retry",
      `A new update asks for the same: bundle ${update.bundle ?? "of the design node"}. Rights, plan and gate are looked at anew and hooks run again; what the earlier one has brought to the nodes`
      + " is found there and not sent again.", "Retry");
  }

  function rollBack(update) {
    act(update, "rollback", `Roll back update ${update.number}`,
      "A new update brings back what was there before this one: bundle, settings, permissions, variables, run-as users, scenarios. It passes the same gate.",
      "Roll back");
  }

  function abort(update) {
    act(update, "abort", `Abort update ${update.number}`, "It ends at the boundary of its phase, and says what is where then.", "Abort");
  }

  function act(update, verb, title, text, action) {
    ask({
      title, text, action,
      destructive: verb === "abort",
      run: async () => {
        const begun = await send("POST", path`/deployments/${item}/updates/${update.number}/` + verb, {});
        if (begun.number) {
          location.hash = "update-" + begun.number;
        }
        changed();
        updates.now();
        shown.now();
      },
    });
  }
}
