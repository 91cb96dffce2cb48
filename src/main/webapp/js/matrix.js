import {h} from "./dom.js";

/** The authorization matrix as a table: rows of groups or users, columns of what rights are granted on. */

const KINDS = {
  global: "Jenkins",
  infrastructure: "Infrastructure",
  project: "Project",
  codeEnv: "Code env",
  cluster: "Cluster",
  containerExec: "Container configuration",
};

/** @param rows those to show, whoever is looked up among them */
export function matrix({by, columns}, rows) {
  return h("div", {class: "project-deployer-scroll project-deployer-matrix", role: "group", "aria-label": "Who may what", tabindex: "0"},
    h("table", {class: "jenkins-table"},
      h("thead", {},
        h("tr", {}, h("td", {}), together(columns).map(({kind, count}) => h("th", {scope: "colgroup", colspan: count}, KINDS[kind]))),
        h("tr", {}, h("th", {scope: "col"}, by === "group" ? "Group" : "User"), columns.map(head))),
      h("tbody", {}, rows.map(row => h("tr", {},
        h("th", {scope: "row"}, row.name, row.byNameOnly && h("div", {class: "project-deployer-quiet"}, "by name alone")),
        row.cells.map(cell => cell === "" ? h("td", {class: "project-deployer-quiet"}, "–") : h("td", {}, cell)))))));
}

function head({name, on, node, usableByAll, reportedAt}) {
  return h("th", {scope: "col", title: reportedAt && `reported ${reportedAt}`}, name,
    on && h("div", {class: "project-deployer-quiet"}, `on ${on}${node ? ", " + node : ""}`),
    usableByAll && h("div", {class: "project-deployer-quiet"}, "everybody uses it"));
}

/** Columns of one kind that stand side by side have one head. */
function together(columns) {
  const groups = [];
  for (const {kind} of columns) {
    if (groups.at(-1)?.kind === kind) {
      groups.at(-1).count++;
    } else {
      groups.push({kind, count: 1});
    }
  }
  return groups;
}
