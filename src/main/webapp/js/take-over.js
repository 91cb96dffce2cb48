import {page, send} from "./api.js";
import {h, replace} from "./dom.js";
import {button, checkbox, field, refusedBy} from "./forms.js";
import {empty, say} from "./states.js";
import {table} from "./table.js";
import {amount} from "./words.js";

/** Coming from a Dataiku Deployer: its configuration as a file to load, then its deployments one after the other. */

const place = document.getElementById("project-deployer");
const url = input("url", "url");
const credentialsId = input("credentials-id", "text");
const certificates = h("textarea", {id: "certificates", class: "jenkins-input project-deployer-code", rows: "3", spellcheck: "false"});
const trustAll = h("input", {id: "trust-all", type: "checkbox"});
const said = h("div", {});
const found = h("div", {});
let file = null;
const read = button("read", "Read it", () => refusedBy(said, [read], show), "jenkins-button--primary");

replace(place,
  h("p", {}, "Reads the stages, infrastructures, rights and deployments of a Project Deployer of Dataiku and changes nothing there."
    + " Its key is a global API key with admin rights, in Jenkins as a Secret text of scope System."),
  h("form", {submit: event => event.preventDefault()},
    field("URL of the deployer", url),
    field("Credential with its key (id)", credentialsId),
    field("Certificates to trust besides the system's, as PEM", certificates),
    h("div", {class: "project-deployer-field"}, checkbox(trustAll, "Check no certificate")),
    h("div", {class: "project-deployer-buttons"}, read)),
  said, found);

function input(id, type) {
  return h("input", {id, type, class: "jenkins-input", autocomplete: "off"});
}

function source() {
  return {url: url.value.trim(), credentialsId: credentialsId.value.trim(), certificates: certificates.value.trim() || null, trustAll: trustAll.checked};
}

async function show() {
  replace(found, h("p", {class: "project-deployer-quiet", role: "status"}, "Reading…"));
  const from = source();
  let answer;
  try {
    answer = await send("POST", "/take-over", from);
  } catch (error) {
    replace(found);
    throw error;
  }
  if (file !== null) {
    // The link to it has gone with the reading before.
    URL.revokeObjectURL(file);
  }
  file = URL.createObjectURL(new Blob([answer.yaml], {type: "application/yaml"}));
  replace(found,
    h("section", {"aria-labelledby": "yaml"}, h("h2", {id: "yaml"}, "1. Configuration as code"),
      h("p", {}, "Look through it, make the credentials that it names, and load it."),
      answer.left.length > 0 && h("details", {"data-key": "left"}, h("summary", {}, amount(answer.left.length, "thing") + " could not be carried over"),
        h("ul", {}, answer.left.map(sentence => h("li", {}, sentence)))),
      h("p", {}, h("a", {download: "project-deployer.yaml", class: "jenkins-button"}, "Download")),
      h("pre", {class: "project-deployer-log", tabindex: "0"}, answer.yaml)),
    deployments(answer.deployments, from));
  found.querySelector("a[download]").setAttribute("href", file);
}

function deployments(all, from) {
  if (all.length === 0) {
    return empty("It has no deployments.");
  }
  const outcomes = new Map(all.map(each => [each.name, h("div", {}, each.here ? "Here already" : "")]));
  const adopt = button("adopt", "Adopt those that are not here", () => adoptAll());
  const stop = h("p", {class: "project-deployer-quiet", role: "status"});

  async function adoptAll() {
    adopt.disabled = true;
    let failed = 0;
    for (const each of all.filter(({here}) => !here)) {
      stop.textContent = `Adopting ${each.id}, with its bundle ${each.bundle ?? "—"}…`;
      try {
        const {published, messages} = await send("POST", "/take-over/adoptions", {...from, name: each.name});
        each.here = true;
        replace(outcomes.get(each.name), h("a", {href: page`deployment/${each.id}/`}, "Adopted"),
          [published ? "" : " without its bundle", ...messages.map(message => h("div", {}, message))]);
      } catch (error) {
        failed++;
        replace(outcomes.get(each.name), h("span", {class: "project-deployer-mark project-deployer-mark--bad"}, error.message));
      }
    }
    stop.textContent = "";
    say(failed === 0 ? "All of them are adopted." : `${failed} could not be adopted.`);
    adopt.disabled = false;
  }

  return h("section", {"aria-labelledby": "deployments"}, h("h2", {id: "deployments"}, "2. Deployments"),
    h("p", {}, "Once the configuration is loaded, adopt them: each is made here with its bundle, which is downloaded and published. The nodes"
      + " are read and left as they are."),
    h("div", {class: "project-deployer-buttons"}, adopt), stop,
    table("Deployments", ["Deployment", "Project", "Infrastructure", "Bundle", "Here"],
      all.map(each => [each.id, each.project, each.infrastructure, each.bundle, outcomes.get(each.name)])));
}
