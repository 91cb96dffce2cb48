import {get} from "./api.js";
import {outdated} from "./states.js";

const SLOWEST = 60_000;

/**
 * Keeps something up to date: asks again and again, with the tag of what there is, so that asking costs little while nothing
 * happens. Not while nobody looks; and less and less often while there is no answer.
 *
 * @param address gives the path to ask for; may change from time to time
 * @param show is given what came, when it is new
 * @param fail is given why nothing came; while nobody knows better, what was shown stays, with a word above it
 * @param every milliseconds from an answer to the next question
 * @returns {now()}: asks at once, for instance because the address has changed; its promise ends when that was shown
 */
export function poll(address, show, fail, every = 5_000) {
  let timer = null;
  let asking = null;
  let last = {path: null, tag: null};
  let pause = every;

  async function now() {
    clearTimeout(timer);
    asking?.abort();
    const mine = asking = new AbortController();
    const path = address();
    try {
      const answer = await get(path, {tag: path === last.path ? last.tag : null, signal: mine.signal});
      if (mine.signal.aborted) {
        return;
      }
      pause = every;
      outdated(null);
      if (answer) {
        last = {path, tag: answer.tag};
        show(answer.data);
      }
    } catch (error) {
      if (mine.signal.aborted) {
        return;
      }
      pause = Math.min(2 * pause, SLOWEST);
      if (last.path === path && (error.status === 0 || error.status >= 500)) {
        outdated(error);
      } else {
        last = {path: null, tag: null};
        fail(error);
      }
    }
    if (!document.hidden) {
      timer = setTimeout(now, pause);
    }
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) {
      now();
    }
  });
  now();
  return {now};
}
