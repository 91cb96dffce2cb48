import {h} from "./dom.js";

/** How things are called on every page. A tone is a colour beside the word, never instead of it. */

const HEALTH = {
  HEALTHY: ["Healthy", "good"],
  WARNING: ["Warning", "fair"],
  UNHEALTHY: ["Unhealthy", "bad"],
  OUT_OF_SYNC: ["Out of sync", "fair"],
  ERROR: ["Error", "bad"],
  UNKNOWN: ["Unknown", "none"],
};

const STATUS = {
  QUEUED: ["Queued", "busy"],
  RUNNING: ["Under way", "busy"],
  WAITING: ["Waits at the gate", "busy"],
  PLANNED: ["Planned only", "none"],
  SUCCESS: ["Deployed", "good"],
  WARNING: ["Deployed, with warnings", "fair"],
  FAILED: ["Failed", "bad"],
  ROLLED_BACK: ["Rolled back", "fair"],
  ABORTED: ["Aborted", "none"],
};

/** Levels of health, worst last. */
export const HEALTHS = Object.entries(HEALTH).map(([id, [word]]) => ({id, word}));

export function health(level) {
  return mark(...(HEALTH[level] ?? [level, "none"]));
}

export function status(name) {
  return mark(...(STATUS[name] ?? [name, "none"]));
}

/** A word with a dot before it. */
export function mark(word, tone) {
  return h("span", {class: `project-deployer-mark project-deployer-mark--${tone}`}, word);
}

/** The bundle that a deployment is to have, and what is active instead. */
export function bundles({bundle: wanted, activeBundles: active}) {
  return active.every(each => each === wanted) ? wanted ?? "none yet"
    : `${wanted === null || active.includes(wanted) ? "" : `${wanted} to come, `}${active.join(" and ")} ${active.length === 1 ? "is" : "are"} active`;
}

const MOMENT = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "long"});
const AGO = new Intl.RelativeTimeFormat(undefined, {numeric: "auto"});
const UNITS = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]];

/** A moment as people say it, with the exact one at hand; null when there was none. */
export function when(iso) {
  if (!iso) {
    return null;
  }
  const moment = new Date(iso);
  return h("time", {datetime: iso, title: MOMENT.format(moment), "data-ago": true}, ago(moment));
}

setInterval(() => {
  for (const each of document.querySelectorAll("time[data-ago]")) {
    each.textContent = ago(new Date(each.dateTime));
  }
}, 30_000);

/** A moment, exact. */
export function exactly(iso) {
  return iso && h("time", {datetime: iso}, MOMENT.format(new Date(iso)));
}

function ago(moment) {
  const passed = Date.now() - moment;
  const unit = UNITS.find(([, length]) => Math.abs(passed) >= length);
  return unit ? AGO.format(-Math.round(passed / unit[1]), unit[0]) : "just now";
}

/** A length of time: "1 min 5 s". */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How many of something there are: "1 request", "2 requests". */
export function amount(count, one, many = one + "s") {
  return `${count} ${count === 1 ? one : many}`;
}

export function size(octets) {
  return octets < 1 << 20 ? `${Math.ceil(octets / 1024)} KiB` : `${(octets / (1 << 20)).toFixed(1)} MiB`;
}
