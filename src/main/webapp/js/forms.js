import {get, path} from "./api.js";
import {h, replace} from "./dom.js";
import {problem} from "./states.js";

/** Fields and buttons in Jenkins' look. */

export function field(label, input) {
  return h("div", {class: "project-deployer-field"}, h("label", {for: input.id}, label), input);
}

/** A box to tick with its words beside it, both as Jenkins draws them: {@code box} is the input. */
export function checkbox(box, words) {
  return h("span", {class: "jenkins-checkbox"}, box, h("label", {for: box.id}, words));
}

/** Names to pick from while somebody types; the field takes any other, too. */
export function offer(input, names = []) {
  const id = input.id + "-names";
  document.getElementById(id)?.remove();
  input.after(h("datalist", {id}, names.map(value => h("option", {value}))));
  input.setAttribute("list", id);
}

/** Offers the projects and the infrastructures that whoever looks may see; where they cannot be read, nothing is offered. */
export async function offerTargets(project, infrastructure) {
  const [projects, infrastructures] = await Promise.allSettled([get("/projects"), get("/infrastructures")]);
  offer(project, projects.value?.data.projects.map(each => each.key));
  offer(infrastructure, infrastructures.value?.data.infrastructures.map(each => each.id));
}

/** Offers the bundles of the project that another field names, unless it names another by the time of the answer. */
export async function offerBundles(bundle, project) {
  const key = project.value.trim();
  const answer = key === "" ? null : await get(path`/projects/${key}`).catch(() => null);
  if (key === project.value.trim()) {
    offer(bundle, answer?.data.published.map(each => each.id));
  }
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
