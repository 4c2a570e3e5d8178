// Brings the GOV.UK components to life, and shows at which side a broad table goes on. Every page works without.
window.GOVUKFrontend.initAll();

function showWhereItGoesOn(region) {
  const hidden = region.scrollWidth - region.clientWidth;
  region.classList.toggle("sl-scroll--before", region.scrollLeft > 1);
  region.classList.toggle("sl-scroll--after", hidden - region.scrollLeft > 1);
}

for (const region of document.querySelectorAll(".sl-scroll")) {
  region.addEventListener("scroll", () => showWhereItGoesOn(region), { passive: true });
  new ResizeObserver(() => showWhereItGoesOn(region)).observe(region);
}
