import {h, replace} from "./dom.js";
import {problem} from "./states.js";

/** Fields and buttons in Jenkins' look. */

export function field(label, input) {
  return h("div", {class: "project-deployer-field"}, h("label", {for: input.id}, label), input);
}

export function button(id, text, press, look = "") {
  return h("button", {type: "button", id, class: `jenkins-button ${look}`.trim(), click: press}, text);
}

/** Does something while the buttons rest; why it was refused stands in {@code said}. Tells whether it was done. */
export async function refusedBy(said, buttons, work) {
  buttons.forEach(each => each.disabled = true);
  try {
    replace(said);
    await work();
    return true;
  } catch (error) {
    replace(said, problem(error));
    return false;
  } finally {
    buttons.forEach(each => each.disabled = false);
  }
}
