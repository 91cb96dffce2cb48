import {improve, keepImproving} from "./naming.js";

/** A page with nothing but a form of ours. */
const panel = document.getElementById("main-panel");
keepImproving(panel, () => improve(panel));
