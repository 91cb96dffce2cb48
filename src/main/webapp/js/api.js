/** Asks the resources below /project-deployer/api as whoever is logged in, or, outside Jenkins, with the key that was typed in. */

const place = document.getElementById("project-deployer");

/** Where the pages begin, with a slash at its end. */
const root = place.dataset.root;

/** What the page is about; null when it is about no single thing. */
export const item = place.dataset.item || null;

const KEY = "project-deployer-key";

/** Why something was not done, in words for people. */
export class Refusal extends Error {
  /**
   * @param status of HTTP; 0 when there was no answer
   * @param type such as NOT_FOUND
   */
  constructor(status, type, message) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

/** Writes a path; what is put into it is data, whatever characters it has: path`/deployments/${id}/updates`. */
export function path(parts, ...values) {
  return String.raw({raw: parts}, ...values.map(encodeURIComponent));
}

/** A query of those parameters that have a value: "?text=x", or "". */
export function query(parameters) {
  const said = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false);
  return said.length === 0 ? "" : "?" + new URLSearchParams(said);
}

/** The address of one of our pages: page`deployment/${id}/`. */
export function page(parts, ...values) {
  return root + path(parts, ...values);
}

/** The address of a resource, for a link that downloads. */
export function resource(below) {
  return root + "api" + below;
}

/**
 * Reads a resource.
 *
 * @param tag of what the caller has
 * @returns {data, tag}; null when the caller's still holds
 */
export async function get(below, {tag, signal} = {}) {
  const answer = await call("GET", below, tag ? {"If-None-Match": tag} : {}, undefined, signal);
  return answer.status === 304 ? null : {data: await answer.json(), tag: answer.headers.get("ETag")};
}

/**
 * Changes something and returns what is answered.
 *
 * @param body an object, which goes as JSON
 * @param match the tag that what is changed must still have
 */
export async function send(method, below, body, {match} = {}) {
  const headers = match ? {"If-Match": match} : {};
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const answer = await call(method, below, headers, body && JSON.stringify(body));
  return answer.json();
}

/**
 * Sends a file as it is, however large, and returns what is answered. Only the older way to ask tells how far it is.
 *
 * @param progress is told how many bytes have gone out, again and again
 * @param signal ends it before its time
 */
export function upload(below, file, {progress, signal}) {
  const request = new XMLHttpRequest();
  return new Promise((done, failed) => {
    request.open("POST", resource(below));
    Object.entries(withKey({"Content-Type": "application/zip"})).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.addEventListener("progress", ({loaded}) => progress(loaded));
    request.addEventListener("load", async () => {
      const answer = new Response(request.response, {status: request.status});
      answer.ok ? done(answer.json()) : failed(await refusal(answer));
    });
    request.addEventListener("error", () => failed(unreachable()));
    request.addEventListener("abort", () => failed(signal.reason));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** Reads a file. */
export async function download(below) {
  return (await call("GET", below, {})).blob();
}

async function call(method, below, headers, body, signal) {
  let answer;
  try {
    answer = await fetch(resource(below), {method, headers: withKey(headers), body, signal, cache: "no-store"});
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw unreachable();
  }
  if (!answer.ok && answer.status !== 304) {
    throw await refusal(answer);
  }
  return answer;
}

function withKey(headers) {
  const key = sessionStorage.getItem(KEY);
  const {crumbHeader, crumbValue} = document.head.dataset;
  if (key) {
    return {...headers, Authorization: "Bearer " + key};
  }
  return crumbHeader ? {...headers, [crumbHeader]: crumbValue} : headers;
}

function unreachable() {
  return new Refusal(0, "UNREACHABLE", "Jenkins does not answer. Nothing is known of what was asked last.");
}

async function refusal(answer) {
  try {
    const {errorType, message} = await answer.json();
    return new Refusal(answer.status, errorType, message);
  } catch {
    // Not ours: Jenkins itself, or something in front of it, has answered.
    return [401, 403].includes(answer.status)
      ? new Refusal(answer.status, "LOGGED_OUT", "You are not logged in any more. Load the page again to log in.")
      : new Refusal(answer.status, "UNREADABLE", `Jenkins has answered with status ${answer.status} and said no more.`);
  }
}

/** Keeps a key for as long as this tab is open; null forgets it. */
export function useKey(key) {
  if (key === null) {
    sessionStorage.removeItem(KEY);
  } else {
    sessionStorage.setItem(KEY, key);
  }
}

/** Whether a key was typed in. */
export function hasKey() {
  return sessionStorage.getItem(KEY) !== null;
}
