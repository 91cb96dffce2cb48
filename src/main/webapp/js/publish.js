import {query, upload} from "./api.js";
import {ask} from "./dialog.js";
import {h} from "./dom.js";
import {size} from "./words.js";

/**
 * Asks for a bundle's file and publishes it; it is streamed, however large it is. Cancel, while it is on its way, ends it.
 *
 * @param project that the bundle must be of; null: any
 * @param changed is called when it was published
 */
export function publish(project, changed) {
  ask({
    title: project ? `Publish a bundle of ${project}` : "Publish a bundle",
    text: "The archive that a design node gives for a bundle. It says itself which project and which bundle it is.",
    fields: [
      {name: "file", label: "Archive", kind: "file", accept: ".zip"},
      {name: "notes", label: "Release notes", kind: "lines"},
    ],
    action: "Publish",
    run: async ({file, notes}, names, {signal, show}) => {
      if (!file) {
        throw Object.assign(new Error("Choose an archive first."), {status: 400});
      }
      const way = underWay(file);
      show(way.element);
      addEventListener("beforeunload", stay);
      try {
        await upload("/bundles" + query({project, name: file.name, notes}), file, {progress: way.progress, signal});
      } finally {
        removeEventListener("beforeunload", stay);
      }
      changed();
    },
  });
}

/** How far a file is: said aloud at its start and its end, and shown in between. */
function underWay(file) {
  const bar = h("progress", {"aria-label": "Upload", max: 1, value: 0});
  const far = h("p", {class: "project-deployer-quiet"});
  const said = h("p", {class: "project-deployer-quiet", role: "status"}, "Under way. Cancel ends it, and publishes nothing.");

  function progress(sent) {
    // What is sent may hold a little more than the file.
    const share = file.size > 0 ? Math.min(sent / file.size, 1) : 1;
    bar.value = share;
    far.textContent = `${size(Math.min(sent, file.size))} of ${size(file.size)}, ${Math.floor(100 * share)} %`;
    if (share === 1) {
      said.textContent = "All of it is there; Jenkins looks into it…";
    }
  }

  progress(0);
  return {element: h("div", {class: "project-deployer-upload"}, bar, far, said), progress};
}

/** Asks whoever leaves the page whether they mean it. */
function stay(event) {
  event.preventDefault();
}
