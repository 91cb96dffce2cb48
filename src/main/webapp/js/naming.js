/*
 * Jenkins' forms show a title above each field and bind neither to the other, and its buttons for help come last in the order
 * of the key Tab. Here each field is called by its title, and what stands first comes first.
 */
const FIELDS = "input:not([type=hidden]):not([aria-label]), select:not([aria-label]), textarea:not([aria-label])";

/** Improves a part of a form. */
export function improve(part) {
  for (const field of all(part, FIELDS)) {
    const name = beside(field) || above(field);
    if (name) {
      field.setAttribute("aria-label", name);
    }
  }
  for (const help of all(part, "[tabindex]")) {
    if (help.tabIndex > 0) {
      help.tabIndex = 0;
    }
  }
}

/** The same, and again whenever rows are added or what was folded is built, while somebody works with the form. */
export function keepImproving(panel, improveAll) {
  improveAll();
  new MutationObserver(improveAll).observe(panel, {childList: true, subtree: true});
}

function all(part, selector) {
  return [...part.matches(selector) ? [part] : [], ...part.querySelectorAll(selector)];
}

/** Words of a box to tick. */
function beside(field) {
  return field.type === "checkbox" || field.type === "radio" ? words(field.parentElement.querySelector("label")) : "";
}

/** The title of the nearest row around it that has one. */
function above(field) {
  for (let row = field.closest(".jenkins-form-item"); row; row = row.parentElement.closest(".jenkins-form-item")) {
    const title = words(row.querySelector(":scope > .jenkins-form-label"));
    if (title) {
      return title;
    }
  }
  return "";
}

function words(element) {
  const copy = element?.cloneNode(true);
  copy?.querySelectorAll("a, button").forEach(each => each.remove());
  return copy?.textContent.trim() ?? "";
}
