import {get, hasKey, page, useKey} from "../js/api.js";
import {h, replace} from "../js/dom.js";
import {problem} from "../js/states.js";

/** What Jenkins does around a page: asks who it is, lists the pages, and lets the page's module do the rest. */

const place = document.getElementById("project-deployer");
document.title = document.getElementById("title").textContent + " - Project Deployer";
if (hasKey()) {
  enter();
} else {
  askForKey();
}

async function enter() {
  try {
    const {data} = await get("/me");
    replace(document.getElementById("who"), data.id, " ", h("button", {type: "button", class: "jenkins-button", click: leave}, "Sign out"));
    replace(document.getElementById("pages"), data.pages.map(each =>
      h("a", {href: page`` + each.path, "aria-current": location.pathname === page`` + each.path && "page"}, each.title)));
    await import(`../js/${place.dataset.module}.js`);
  } catch (error) {
    useKey(null);
    askForKey(error);
  }
}

function leave() {
  useKey(null);
  location.reload();
}

function askForKey(error) {
  const key = h("input", {id: "key", class: "jenkins-input", type: "password", autocomplete: "off", required: true});
  replace(place, error && problem(error), h("form", {
    class: "shell-sign-in",
    submit: event => {
      event.preventDefault();
      useKey(key.value.trim());
      enter();
    },
  }, h("label", {for: "key"}, "Key, as the demo's last line says it"), key, h("button", {class: "jenkins-button jenkins-button--primary"}, "Sign in")));
  key.focus();
}
