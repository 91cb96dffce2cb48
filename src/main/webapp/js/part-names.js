/*
 * Jenkins loads this for each form of ours that it shows as a part of its own pages, and never as a module: it fetches the one
 * that does the work. Old browsers, and those that tests make believe, read it too.
 */
(function () {
  var parts = document.createElement("script");
  parts.type = "module";
  parts.src = document.currentScript.src.replace("part-names.js", "parts.js");
  document.head.appendChild(parts);
})();
