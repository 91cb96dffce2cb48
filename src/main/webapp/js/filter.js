/* Hides the rows of a table that do not hold what somebody types into the field above it. */
for (const field of document.querySelectorAll("[data-project-deployer-filter]")) {
  const table = document.getElementById(field.dataset.projectDeployerFilter);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of table.tBodies[0].rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
    }
  });
}
