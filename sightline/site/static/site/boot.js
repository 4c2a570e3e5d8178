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

// Whoever signs out leaves nothing behind that was typed and not saved.
for (const leaving of document.querySelectorAll('form[action="/sign-out/"]')) {
  leaving.addEventListener("submit", () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("sightline.")) localStorage.removeItem(key);
  });
}
