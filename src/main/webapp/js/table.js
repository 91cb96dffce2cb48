import {h} from "./dom.js";

/**
 * A table in Jenkins' look, which a narrow screen scrolls by itself.
 *
 * @param name what it lists, for people who do not see it
 * @param columns their heads
 * @param rows of cells: text, elements, or nothing
 */
export function table(name, columns, rows) {
  return h("div", {class: "project-deployer-scroll", role: "region", "aria-label": name, tabindex: "0"},
    h("table", {class: "jenkins-table"},
      h("thead", {}, h("tr", {}, columns.map(column => h("th", {scope: "col"}, column)))),
      h("tbody", {}, rows.map(cells => h("tr", {}, cells.map(cell => h("td", {}, cell)))))));
}
