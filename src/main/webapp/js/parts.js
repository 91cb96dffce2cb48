import {improve, keepImproving} from "./naming.js";

/*
 * Forms of ours that are a part of a page of Jenkins, whose other parts are left as they are: sections of their own, and what
 * stands where the form of a step begins and ends.
 */
const panel = document.getElementById("main-panel") ?? document.body;
const OURS = "[name=stapler-class][value^='io.jenkins.plugins.projectdeployer.']";

keepImproving(panel, () => [...sections(), ...steps()].forEach(improve));

function sections() {
  return [...panel.querySelectorAll("section > script[src$='/part-names.js']")].map(script => script.parentElement);
}

function steps() {
  return [...panel.querySelectorAll(".dropdownList-start")].map(rows)
    .filter(form => form.some(row => row.matches(OURS) || row.querySelector(OURS)))
    .flat();
}

function rows(start) {
  const all = [];
  for (let row = start.nextElementSibling; row && !row.matches(".dropdownList-end"); row = row.nextElementSibling) {
    all.push(row);
  }
  return all;
}
