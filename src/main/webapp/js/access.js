import {download, get, hasKey, query, resource, send} from "./api.js";
import {h, replace} from "./dom.js";
import {button, refusedBy} from "./forms.js";
import {mayI} from "./may-i.js";
import {matrix} from "./matrix.js";
import {empty, loading, problem, say} from "./states.js";
import {table} from "./table.js";
import {amount, exactly, when} from "./words.js";

/** Who may what: "May I?", and the authorization matrix, which is asked for when somebody wants to see it. */

const KINDS = {
  "": "Everything",
  global: "Rights of Jenkins",
  infrastructure: "Infrastructures",
  project: "Published projects",
  codeEnv: "Code envs",
  cluster: "Clusters",
  containerExec: "Containerized execution configurations",
};
const place = document.getElementById("project-deployer");
const asked = h("section", {"aria-labelledby": "may-i"});
const shown = h("div", {}, loading());
let wanted = {by: "group", kind: "", thing: "", text: "", user: "", after: ""};
let turn = 0;

start();

async function start() {
  replace(place, loading());
  try {
    const {data: me} = await get("/me");
    replace(place, asked, h("section", {"aria-labelledby": "matrix"}, h("h2", {id: "matrix"}, "Who may what"), filters(me), shown));
    mayI(asked, me);
    show();
  } catch (error) {
    replace(place, problem(error));
  }
}

function filters(me) {
  const by = choice("by", {group: "Groups", user: "Users"}, value => choose({by: value, user: "", text: ""}));
  const kind = choice("kind", KINDS, value => choose({kind: value}));
  const text = typed("text", value => choose({text: value}));
  const thing = typed("thing", value => choose({thing: value}));
  const user = h("input", {id: "look-up", type: "text", class: "jenkins-input", autocomplete: "off"});
  return [
    h("p", {class: "project-deployer-quiet"}, me.administrator
      ? "Every group, or user, that is named where a right is granted. A user has here what names that user; look one up to see what their groups give them too."
      : "What you may, and what each of your groups may that gives you something. Others are for administrators of Jenkins to see."),
    h("form", {class: "project-deployer-filters", role: "search", "aria-label": "The matrix", submit: event => {
      event.preventDefault();
      lookUp(user.value.trim(), by);
    }},
      labelled("Rows", by), labelled("Columns", kind), labelled("Rows with", text), labelled("Columns with", thing),
      me.administrator && labelled("Look up a user", user),
      me.administrator && h("div", {class: "project-deployer-end"}, h("button", {id: "look", class: "jenkins-button"}, "Look up"))),
  ];
}

function lookUp(user, by) {
  if (user !== "") {
    by.value = "user";
  }
  choose({by: by.value, user});
}

function labelled(words, input) {
  const select = input.localName === "select";
  return h("div", {}, h("label", {for: input.id}, words), select ? h("div", {class: "jenkins-select"}, input) : input);
}

function choice(id, options, chosen) {
  return h("select", {id, class: "jenkins-select__input", change: event => chosen(event.target.value)},
    Object.entries(options).map(([value, words]) => h("option", {value}, words)));
}

function typed(id, done) {
  let typing = null;
  return h("input", {id, type: "search", class: "jenkins-input", input: event => {
    clearTimeout(typing);
    typing = setTimeout(() => done(event.target.value.trim()), 250);
  }});
}

function choose(change) {
  wanted = {...wanted, after: "", ...change};
  show();
}

async function show() {
  const mine = ++turn;
  try {
    const {data} = await get("/access" + query(wanted));
    if (mine === turn) {
      draw(data);
    }
  } catch (error) {
    if (mine === turn) {
      replace(shown, problem(error));
    }
  }
}

function draw(data) {
  const rows = [data.lookedUp, ...data.rows].filter(row => row !== null);
  say(`${amount(rows.length, "row")}, ${amount(data.columns.length, "column")}.`);
  replace(shown,
    data.lookedUp && h("p", {id: "looked-up"}, h("strong", {}, data.lookedUp.name), " is in ",
      data.lookedUp.groups.length === 0 ? "no group." : data.lookedUp.groups.join(", ") + ", as the directory says now."),
    data.columnsLeftOut > 0 && h("p", {class: "jenkins-alert jenkins-alert-info"},
      `${data.columnsLeftOut} more columns are not shown: narrow them down. The file has all.`),
    rows.length === 0 || data.columns.length === 0 ? nothing(data) : matrix(data, rows),
    h("div", {class: "project-deployer-buttons"},
      wanted.after && button("first", "First page", () => choose({})),
      data.next && button("next", "Next page", () => choose({after: data.next})),
      csv()),
    nodes(data));
}

function nothing({administrator}) {
  if (wanted.kind || wanted.thing || wanted.text || wanted.user) {
    return empty("Nothing here is like that.");
  }
  if (administrator) {
    return empty(`No ${wanted.by} is named yet where a right is granted.`, "Rights are granted in Jenkins' own authorization, on infrastructures and on published projects.");
  }
  return wanted.by === "user"
    ? empty("Nothing that you may see names you yourself.", "What your groups give you stands among the groups.")
    : empty("None of your groups gives you a right that you may see.", "What names you yourself stands among the users.");
}

/** A session goes along with a link; a key does not. */
function csv() {
  const below = "/access/matrix.csv" + query({...wanted, after: ""});
  return hasKey()
    ? button("csv", "Save as CSV", async () => {
      const link = h("a", {download: `access-by-${wanted.by}.csv`});
      link.href = URL.createObjectURL(await download(below));
      link.click();
      URL.revokeObjectURL(link.href);
    })
    : h("a", {id: "csv", class: "jenkins-button", href: resource(below), download: ""}, "Save as CSV");
}

/** Of nodes only what they have reported is known: since when, or that nobody has asked. */
function nodes({nodes: all, administrator}) {
  const said = h("div", {});
  return all.length > 0 && h("details", {"data-key": "nodes"}, h("summary", {}, h("h3", {}, "What nodes have reported")),
    h("p", {class: "project-deployer-quiet"}, "Code envs, clusters and containerized execution configurations on nodes, and who may use"
      + " them, are those that the nodes reported last: a plan brings what its bundle uses, reading a node brings everything."
      + " After a start of Jenkins nothing has been reported. Groups there are the node's own, of exactly that name."),
    said,
    table("What nodes have reported", ["Infrastructure", "Node", "Things", "All of it read", ""], all.map(node => [
      node.infrastructure, node.node, node.resources, node.readAt ? [when(node.readAt), ", ", exactly(node.readAt)] : "never since Jenkins was started",
      administrator && button("read-" + node.infrastructure, "Read now", event => read(node.infrastructure, said, event.target)),
    ])));
}

async function read(infrastructure, said, pressed) {
  if (await refusedBy(said, [pressed], () => send("POST", "/access/readings", {infrastructure}))) {
    show();
  }
}
