/**
 * Builds elements. Text is only ever text: nothing that comes from outside is read as markup.
 *
 * h("a", {class: "jenkins-button", href: "x/", click: event => ...}, "Text", [more, elements], null)
 */
export function h(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for drawings. */
export function svg(name, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (name === "href" && !isAddress(value)) {
      continue;
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...present(children));
  return element;
}

function present(children) {
  return children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false);
}

/** A link leads to a page: an address from outside must not run a script. */
function isAddress(value) {
  return value && URL.canParse(value, location.href) && ["http:", "https:"].includes(new URL(value, location.href).protocol);
}

/**
 * Puts other content into an element. Whoever is in the middle of it keeps the focus, and what they have opened stays open:
 * both are found again by id, address or data-key.
 */
export function replace(element, ...children) {
  const focused = element.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  const open = [...element.querySelectorAll("details[open][data-key]")].map(keyOf);
  element.replaceChildren(...present(children));
  for (const details of element.querySelectorAll("details[data-key]")) {
    details.open ||= open.includes(keyOf(details));
  }
  if (focused) {
    [...element.querySelectorAll("a, button, summary, input, select, [tabindex]")].find(each => keyOf(each) === focused)?.focus();
  }
}

function keyOf(element) {
  return element.id || element.dataset.key || (element.parentElement?.dataset.key && element.localName === "summary"
    ? "summary of " + element.parentElement.dataset.key
    : element.getAttribute("href"));
}
