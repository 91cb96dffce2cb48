import {h} from "./dom.js";

/** What a page shows while it has nothing to show: it loads, there is nothing, somebody lacks rights, something went wrong. */

const place = document.getElementById("project-deployer");
const live = h("div", {class: "jenkins-visually-hidden", "aria-live": "polite"});
const stale = h("div", {class: "jenkins-alert jenkins-alert-warning", role: "status", hidden: true});
place.before(live, stale);

/** Says a change to people who do not see it. */
export function say(text) {
  live.textContent = text;
}

/** Says above everything why what is shown may no longer be true; null: it is. */
export function outdated(error) {
  stale.hidden = error === null;
  stale.textContent = error === null ? "" : `What you see may be out of date. ${error.message} It is tried again by and by.`;
}

export function loading() {
  return h("p", {class: "project-deployer-quiet", role: "status"}, "Loading…");
}

/** There is nothing, and what to do about it. */
export function empty(title, ...more) {
  return h("div", {class: "jenkins-notice"}, h("div", {}, title), more.length > 0 && h("div", {class: "jenkins-notice__description"}, more));
}

/** What went wrong, in the words of whoever refused. */
export function problem(error) {
  if (!(error.status >= 0)) {
    throw error; // not refused: a mistake of ours
  }
  return error.status === 404
    ? empty("There is no such thing, or none that you may see.", error.message)
    : h("div", {class: "jenkins-alert jenkins-alert-danger", role: "alert"}, error.message);
}
