import {h, replace} from "./dom.js";
import {checkbox} from "./forms.js";
import {problem} from "./states.js";

/**
 * Asks somebody before something is done. The dialog stays open, and says why, when it is refused.
 *
 * @param title what will be done
 * @param text what that means
 * @param fields of {name, label, kind, value, options, help}; kind is text, lines, check, choice or file
 * @param action the word on the button
 * @param destructive whether it cannot be undone
 * @param run does it; gets the fields' values by name, the names of the fields that were changed, and {signal, show}: the
 *   signal says that the dialog was closed before it was done, and what is given to show stands there meanwhile
 */
export function ask({title, text, fields = [], action, destructive, run}) {
  const inputs = Object.fromEntries(fields.map(field => [field.name, input(field)]));
  const said = h("div", {});
  const submit = h("button", {class: `jenkins-button jenkins-button--primary ${destructive ? "jenkins-!-destructive-color" : ""}`}, action);
  const closed = new AbortController();
  const dialog = h("dialog", {class: "project-deployer-dialog", "aria-labelledby": "dialog-title", close: end},
    h("form", {method: "dialog", submit: send},
      h("h2", {id: "dialog-title"}, title),
      text && h("p", {}, text),
      fields.map(field => line(field, inputs[field.name])),
      said,
      h("div", {class: "project-deployer-buttons"},
        submit,
        h("button", {type: "button", class: "jenkins-button", click: () => dialog.close()}, "Cancel"))));

  // As the browser shows them: it takes out what a field cannot hold.
  const before = values();

  function values() {
    return Object.fromEntries(fields.map(field => [field.name, value(field, inputs[field.name])]));
  }

  function end() {
    closed.abort();
    dialog.remove();
  }

  async function send(event) {
    event.preventDefault();
    submit.disabled = true;
    replace(said, h("p", {class: "project-deployer-quiet", role: "status"}, "Under way…"));
    try {
      const now = values();
      await run(now, fields.map(({name}) => name).filter(name => now[name] !== before[name]),
        {signal: closed.signal, show: element => replace(said, element)});
      dialog.close();
    } catch (error) {
      if (error === closed.signal.reason) {
        return;
      }
      replace(said, problem(error));
      submit.disabled = false;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
}

function input({name, kind, value: now, options, accept}) {
  const id = "dialog-" + name;
  switch (kind) {
    case "check":
      return h("input", {id, type: "checkbox", checked: now});
    case "choice": {
      const select = h("select", {id, class: "jenkins-select__input"}, options.map(option => h("option", {value: option}, option)));
      select.value = now ?? "";
      return select;
    }
    case "lines": {
      const area = h("textarea", {id, class: "jenkins-input project-deployer-code", rows: "4", spellcheck: "false", "aria-describedby": id + "-help"});
      area.value = now ?? "";
      return area;
    }
    case "file":
      return h("input", {id, type: "file", class: "jenkins-file-upload", accept});
    default:
      return h("input", {id, type: "text", class: "jenkins-input", value: now, "aria-describedby": id + "-help"});
  }
}

function line({label, kind, help}, element) {
  return h("div", {class: "project-deployer-field"},
    kind === "check" ? checkbox(element, label)
      : [h("label", {for: element.id}, label), kind === "choice" ? h("div", {class: "jenkins-select"}, element) : element],
    help && h("div", {id: element.id + "-help", class: "project-deployer-quiet"}, help));
}

function value({kind}, element) {
  switch (kind) {
    case "check":
      return element.checked;
    case "file":
      return element.files[0];
    default:
      return element.value.trim();
  }
}
