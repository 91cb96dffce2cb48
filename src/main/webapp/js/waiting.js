import {get} from "./api.js";
import {amount} from "./words.js";

/** As many as Jenkins counts, too. */
const ENOUGH = 100;

/**
 * Puts the sign in Jenkins' header right once something was decided, as the next page would show it. Where nothing has waited
 * or was known when this page was loaded there is no count, and none comes.
 */
export async function recount() {
  const sign = document.getElementById("root-action-ApprovalsAction");
  if (!sign?.querySelector(".jenkins-badge")) {
    return;
  }
  let waiting;
  try {
    waiting = (await get("/approvals?limit=" + ENOUGH)).data.requests.length;
  } catch {
    return; // the page itself says what is wrong
  }
  if (waiting === 0) {
    sign.remove();
    return;
  }
  // Jenkins' tooltip stays with the element that it was made for.
  const now = sign.cloneNode(true);
  const words = amount(waiting, "waits", "wait") + " for your decision";
  now.setAttribute("tooltip", words);
  now.querySelector("[data-type=action-label]").textContent = `Deployment approvals: ${words}`;
  now.querySelector(".jenkins-badge").textContent = waiting === ENOUGH ? ENOUGH - 1 + "+" : waiting;
  sign.replaceWith(now);
  window.Behaviour?.applySubtree(now, true);
}
