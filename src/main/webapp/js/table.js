import {h} from "./dom.js";

/**
 * A table in Jenkins' look, which a narrow screen scrolls by itself.
 *
 * @param name what it lists, for people who do not see it
 * @param columns their heads; one of buttons alone has none that is seen
 * @param rows of cells: text, elements, or nothing
 * @param look a class of its own
 */
export function table(name, columns, rows, look = "") {
  return h("div", {class: `project-deployer-scroll ${look}`.trim(), role: "group", "aria-label": name, tabindex: "0"},
    h("table", {class: "jenkins-table"},
      h("thead", {}, h("tr", {}, columns.map(column => h("th", {scope: "col"}, column || h("span", {class: "jenkins-visually-hidden"}, "What to do"))))),
      h("tbody", {}, rows.map(cells => h("tr", {}, cells.map(cell => h("td", {}, cell)))))));
}
