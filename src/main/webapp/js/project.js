import {download, hasKey, item, page, path, resource, send} from "./api.js";
import {ask} from "./dialog.js";
import {h, replace} from "./dom.js";
import {poll} from "./poll.js";
import {publish} from "./publish.js";
import {empty, loading, problem} from "./states.js";
import {table} from "./table.js";
import {bundles, size, when} from "./words.js";

/** One published project: its bundles, where they are, who may do what. */

const RIGHTS = {READ: "Read", WRITE: "Write", DEPLOY: "Deploy", ADMIN: "Admin"};
const place = document.getElementById("project-deployer");
replace(place, loading());
const live = poll(() => path`/projects/${item}`, show, error => replace(place, problem(error)), 15_000);

function show(project) {
  replace(place,
    h("div", {class: "project-deployer-buttons"},
      project.canWrite && h("button", {type: "button", id: "publish", class: "jenkins-button jenkins-button--primary",
        click: () => publish(item, live.now)}, "Publish a bundle"),
      project.isAdmin && h("button", {type: "button", id: "grants", class: "jenkins-button", click: () => grants(project)}, "Change rights"),
      project.isAdmin && h("button", {type: "button", id: "delete", class: "jenkins-button", click: remove}, "Delete")),
    h("h2", {}, "What is deployed where"),
    project.where.length === 0
      ? h("p", {class: "project-deployer-quiet"}, "Nothing that you may see.")
      : table("What is deployed where", ["Deployment", "Stage", "Infrastructure", "Bundle"], project.where.map(each => [
        h("a", {class: "jenkins-table__link", href: page`deployment/${each.id}/`}, each.id), each.stage, each.infrastructure, bundles(each)])),
    h("h2", {}, "Bundles"),
    h("p", {class: "project-deployer-quiet"}, kept(project)),
    project.published.length === 0 ? empty("No bundle is published.") : published(project),
    project.grants && [h("h2", {}, "Rights"), table("Rights", ["Who", "May"], rights(project.grants))]);
}

/** A line for each group and user, in the order in which they are granted something. */
function rights(grants) {
  const lines = new Map();
  for (const {group, user, right} of grants) {
    const who = group ? `group ${group}` : `user ${user}`;
    lines.set(who, [...lines.get(who) ?? [], RIGHTS[right]]);
  }
  return [...lines].map(([who, may]) => [who, may.join(", ")]);
}

function kept({retention, size: used}) {
  const room = `They take ${size(used)}${retention.quota > 0 ? ` of ${size(retention.quota)}` : ""}. `;
  return room + (retention.keepPerProject === 0
    ? "None is ever removed by itself."
    : `The newest ${retention.keepPerProject} are kept, those that a deployment has, and the last ${retention.keepPerStage} of each stage.`);
}

function published(project) {
  return table("Bundles, newest first", ["Bundle", "Active on", "Size", "Published", "From", "SHA-256", ""], project.published.map(bundle => [
    bundle.id,
    project.where.filter(each => each.activeBundles.includes(bundle.id)).map(each => each.infrastructure).join(", "),
    size(bundle.size),
    [when(bundle.publishedAt), ` by ${bundle.publishedBy}`],
    bundle.origin,
    h("span", {class: "project-deployer-code", title: bundle.sha256}, bundle.sha256.slice(0, 12)),
    h("div", {class: "jenkins-table__cell__button-wrapper"},
      archive(bundle),
      project.isAdmin && h("button", {type: "button", class: "jenkins-button", "data-key": "delete " + bundle.id, "aria-label": `Delete bundle ${bundle.id}`,
        click: () => removeBundle(bundle)}, "Delete")),
  ]));
}

/** A session goes along with a link; a key does not. */
function archive({id}) {
  const below = path`/projects/${item}/bundles/${id}/archive`;
  const name = `${item} ${id}.zip`;
  return hasKey()
    ? h("button", {type: "button", class: "jenkins-button", "data-key": "download " + id, "aria-label": `Download bundle ${id}`, click: () => save(below, name)}, "Download")
    : h("a", {class: "jenkins-button", href: resource(below), download: name, "aria-label": `Download bundle ${id}`}, "Download");
}

async function save(below, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await download(below));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function removeBundle({id}) {
  ask({
    title: `Delete bundle ${id}`,
    text: "It goes from the controller; what is on nodes stays there. Its id is used up and cannot be published again with other content.",
    action: "Delete",
    destructive: true,
    run: async () => {
      await send("DELETE", path`/projects/${item}/bundles/${id}`);
      live.now();
    },
  });
}

function remove() {
  ask({
    title: `Delete project ${item}`,
    text: "Its bundles go from the controller with it. It is refused while it has deployments.",
    action: "Delete",
    destructive: true,
    run: async () => {
      await send("DELETE", path`/projects/${item}`);
      location.assign(page`projects/`);
    },
  });
}

function grants(project) {
  ask({
    title: `Rights on ${item}`,
    text: "Read sees it, Write publishes bundles, Deploy deploys them, Admin does everything. Rights on an infrastructure come on top.",
    fields: [{
      name: "grants",
      label: "Who may do what",
      kind: "lines",
      value: project.grants.map(grant => `${grant.group ? "group " + grant.group : "user " + grant.user} -> ${RIGHTS[grant.right]}`).join("\n"),
      help: "One in each line: group NAME -> RIGHT, or user ID -> RIGHT",
    }],
    action: "Save",
    run: async said => {
      await send("PUT", path`/projects/${item}/grants`, {grants: said.grants.split("\n").filter(line => line.trim() !== "").map(grant), revision: project.revision});
      live.now();
    },
  });
}

function grant(line) {
  const [, kind, name, right] = /^\s*(group|user)\s+(.+?)\s*->\s*([A-Za-z]+)\s*$/.exec(line) ?? [];
  if (!kind) {
    throw Object.assign(new Error(`"${line}" is not of the form: group NAME -> RIGHT.`), {status: 400});
  }
  return {[kind]: name, right: right.toUpperCase()};
}
