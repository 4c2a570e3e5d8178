// Saves minutes while they are typed. What is not saved yet stays in this browser, but for confidential items, until the
// server says that it has it; signing out wipes it (site/boot.js). Every task works without: each item has its Save.
const PAUSE_MS = 2000;
const AGAIN_MS = 5000;
const watched = [];
let isLeaving = false;

function watch(form) {
  const { text, decision, line, defer, seen, typed } = form.elements;
  const deferSeen = form.elements.defer_seen;
  const says = form.querySelector("[data-says]");
  const key = `sightline.minutes:${form.dataset.user}:${form.dataset.minute}`;
  const keeps = form.dataset.keep === "yes";
  const wasRefused = document.querySelector(".govuk-error-summary") !== null;
  let saved = wasRefused ? null : text.value;
  let waiting = 0;
  let running = Promise.resolve();

  function say(words) {
    says.textContent = words;
  }

  function hasLines() {
    return [decision, line].some((box) => box.value.trim() !== "");
  }

  function isUnsaved() {
    return text.value !== saved || hasLines() || defer.checked !== defer.defaultChecked;
  }

  function keep() {
    const words = { text: text.value, decision: decision.value, line: line.value, seen: seen.value, typed: typed.value };
    if (keeps) localStorage.setItem(key, JSON.stringify(words));
  }

  function later(ms) {
    clearTimeout(waiting);
    waiting = setTimeout(() => send("text"), ms);
  }

  // One at a time: each says what the one before it was told that it has seen.
  function send(how) {
    clearTimeout(waiting);
    running = running.then(() => attempt(how));
    return running;
  }

  async function attempt(how) {
    const words = text.value;
    const data = new FormData(form);
    if (how === "text") for (const name of ["decision", "line", "defer"]) data.delete(name);
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data, headers: { "X-Autosave": how }, redirect: "error" });
      const told = await answer.json();
      if (told.seen === undefined) {
        say(told.sentence);
        return "refused";
      }
      took(how, words, told);
      return "saved";
    } catch {
      say(keeps ? "Not saved yet: kept in this browser, and tried again." : "Not saved yet: tried again.");
      later(AGAIN_MS);
      return "unreachable";
    }
  }

  function took(how, words, told) {
    seen.value = told.seen;
    saved = words;
    if (how === "save") {
      decision.value = line.value = "";
      defer.defaultChecked = defer.checked;
      deferSeen.value = defer.checked ? "yes" : "";
    }
    if (text.value !== words) later(PAUSE_MS);
    else say(hasLines() ? `${told.sentence} Decision and action are saved by the button.` : told.sentence);
    if (isUnsaved()) keep();
    else localStorage.removeItem(key);
  }

  function bringBack() {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    // What was refused stands in its box and is still not saved.
    if (!kept || wasRefused) return;
    // Where several texts stand the box holds all of them: what is among them was saved.
    const isNew = !text.value.includes(kept.text.trim());
    if (!isNew && !kept.decision && !kept.line) return localStorage.removeItem(key);
    if (isNew) {
      text.value = kept.text;
      seen.value = kept.seen;
      later(PAUSE_MS);
    }
    decision.value = kept.decision || "";
    line.value = kept.line || "";
    typed.value = kept.typed || typed.value;
    say("Words that were not saved yet were brought back.");
  }

  // Everything that was typed on the page is sent before it is shown anew; what cannot be is kept, or holds the page.
  async function submit(event) {
    event.preventDefault();
    if (isLeaving) return;
    isLeaving = true;
    let stays = false;
    for (const other of watched.filter((each) => each !== self && each.isUnsaved())) {
      const went = await other.send("save");
      if (went === "refused" || (went === "unreachable" && !other.keeps)) stays = true;
    }
    const came = await send("save");
    isLeaving = false;
    if (stays) say(`${came === "saved" ? "Saved. " : ""}Another item could not be saved: it says why, and what was typed there is in its boxes.`);
    else if (came === "refused") form.submit();
    else if (came === "saved") {
      location.hash = `item-${form.dataset.minute}`;
      location.reload();
    }
  }

  const self = { isUnsaved, send, keeps };
  watched.push(self);
  form.addEventListener("input", (event) => {
    keep();
    say("");
    if (event.target === text) later(PAUSE_MS);
  });
  window.addEventListener("online", () => text.value !== saved && later(0));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", submit);
  bringBack();
}

for (const form of document.querySelectorAll("form[data-minute]")) watch(form);
