// Saves minutes while they are typed. What is not saved yet stays in this browser, but for confidential items, until the
// server says that it has it; signing out wipes it (site/boot.js). Every task works without: each item has its Save.
const PAUSE_MS = 2000;
const AGAIN_MS = 5000;

function watch(form) {
  const box = form.elements.text;
  const seen = form.elements.seen;
  const says = form.querySelector("[data-says]");
  const key = `sightline.minutes:${form.dataset.user}:${form.dataset.minute}`;
  const keeps = form.dataset.keep === "yes";
  let waiting = 0;
  let sending = false;

  function say(words) {
    says.textContent = words;
  }

  function keep() {
    if (keeps) localStorage.setItem(key, JSON.stringify({ text: box.value, seen: seen.value }));
  }

  function later(ms) {
    clearTimeout(waiting);
    waiting = setTimeout(save, ms);
  }

  async function save() {
    if (sending) return later(PAUSE_MS);
    const text = box.value;
    const data = new FormData(form);
    data.delete("decision");
    data.delete("line");
    sending = true;
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data, headers: { "X-Autosave": "yes" }, redirect: "error" });
      const told = await answer.json();
      if (told.seen === undefined) return say(told.sentence);
      seen.value = told.seen;
      if (box.value === text) {
        localStorage.removeItem(key);
        say(told.sentence);
      } else {
        keep();
        later(PAUSE_MS);
      }
    } catch {
      say(keeps ? "Not saved yet: kept in this browser, and tried again." : "Not saved yet: tried again.");
      later(AGAIN_MS);
    } finally {
      sending = false;
    }
  }

  function bringBack() {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    // What was refused stands in its box and is still not saved.
    if (!kept || document.querySelector(".govuk-error-summary")) return;
    // Where several texts stand the box holds all of them: what is among them was saved.
    if (box.value.includes(kept.text.trim())) return localStorage.removeItem(key);
    box.value = kept.text;
    seen.value = kept.seen;
    say("Words that were not saved yet were brought back.");
    later(PAUSE_MS);
  }

  box.addEventListener("input", () => {
    keep();
    say("");
    later(PAUSE_MS);
  });
  window.addEventListener("online", () => localStorage.getItem(key) && later(0));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
  bringBack();
}

for (const form of document.querySelectorAll("form[data-minute]")) watch(form);
