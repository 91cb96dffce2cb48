import {get, path} from "./api.js";
import {h, replace} from "./dom.js";
import {button} from "./forms.js";
import {loading, problem} from "./states.js";
import {table} from "./table.js";
import {exactly} from "./words.js";

/** Who may do what in a deployed project, on each node and in the design project: asked for once somebody opens it. */

const HAS = {GRANTED: "granted", IMPLIED: "implied", NO: "–"};
const PROPAGATION = {NONE: "None: the deploying user is owner, nobody else has rights", READ_ONLY: "Limited: everybody of the design project becomes a reader",
  ALL: "Full: the design project's scheme as it is"};

export function permissions(id) {
  const shown = h("div", {});
  const details = h("details", {id: "permissions", toggle: () => details.open && shown.childNodes.length === 0 && show()},
    h("summary", {}, h("h2", {}, "Permissions on the nodes")), shown);

  async function show() {
    replace(shown, loading());
    try {
      const {data} = await get(path`/deployments/${id}/permissions`);
      replace(shown, about(data), button("permissions-again", "Look again", show), data.nodes.map(node => onNode(node, data)), automatically(data));
    } catch (error) {
      replace(shown, problem(error));
    }
  }

  return details;
}

function about({bundle, propagation, designKnown, seenAt, why}) {
  return [
    h("p", {}, "Each cell says whether a permission is granted, or implied by another one or by owning the project. "
      + "New projects get theirs by the infrastructure's policy, ", PROPAGATION[propagation] ?? propagation, ". ",
      designKnown ? `Where somebody has more or less here than in the design project, as bundle ${bundle} has it, the cell says so.` : "The bundle does not say what the design project has, so nothing is compared.",
      seenAt && [" Seen ", exactly(seenAt), "."]),
    why.length > 0 && h("ul", {class: "jenkins-alert jenkins-alert-warning"}, why.map(each => h("li", {}, each))),
  ];
}

function onNode({node, lines, differences}, {permissions: all, designKnown}) {
  return h("section", {},
    h("h3", {}, `Node ${node}`),
    designKnown && h("p", {}, differences === 0 ? "No difference from the design project." : `${differences} differences from the design project.`),
    table(`Permissions on node ${node}`, ["Who", ...all.map(({label}) => label)], lines.map(line => [
      who(line, designKnown), ...line.cells.map(cell)]), "project-deployer-named"));
}

function who({kind, name, owner, designOwner, onNode: here, inDesign, otherFlags}, designKnown) {
  const notes = [owner && "owner", designOwner && !owner && "owner of the design project",
    designKnown && !here && "in the design project only", designKnown && !inDesign && "on the node only",
    otherFlags.length > 0 && `also ${otherFlags.join(", ")}`].filter(Boolean);
  return [`${kind} ${name}`, notes.length > 0 && h("div", {class: "project-deployer-quiet"}, notes.join("; "))];
}

/** A difference is said in words; the colour comes on top. */
function cell({is, difference}) {
  return [h("div", {}, HAS[is]), difference && h("div", {class: `project-deployer-mark project-deployer-mark--${difference === "MORE" ? "fair" : "none"}`},
    difference === "MORE" ? "more" : "less", h("span", {class: "jenkins-visually-hidden"}, " than design"))];
}

function automatically({permissions: all}) {
  return h("details", {"data-key": "automatically"}, h("summary", {}, "What each permission grants automatically"),
    h("dl", {class: "project-deployer-facts"}, all.filter(({alsoGrants}) => alsoGrants.length > 0).map(({label, alsoGrants}) =>
      [h("dt", {}, label), h("dd", {}, alsoGrants.join(", "))])));
}
