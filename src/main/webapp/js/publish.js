import {query, send} from "./api.js";
import {ask} from "./dialog.js";

/**
 * Asks for a bundle's file and publishes it; it is streamed, however large it is.
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
    run: async ({file, notes}) => {
      if (!file) {
        throw Object.assign(new Error("Choose an archive first."), {status: 400});
      }
      await send("POST", "/bundles" + query({project, name: file.name, notes}), file);
      changed();
    },
  });
}
