// Searching in a static copy: the question is in the address, the answer is made here, nothing is sent. Without it one can browse.

(function () {
  "use strict";

  const place = document.getElementById("gevonden");
  const form = document.getElementById("zoeker");
  const field = document.getElementById("zoek");
  const cards = new Map();
  let engine = null;

  form.hidden = false;
  for (const card of document.querySelectorAll("#alles .card")) {
    const address = card.querySelector(".card-title a").getAttribute("href");
    cards.set(address.split("/").pop().replace(".html", ""), card);
  }

  // A script and no fetch: a browser fetches nothing for a page that was opened from a disk.
  function load() {
    engine ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = place.dataset.index;
      script.onload = () => resolve(window.kastZoekmachine(window.kastZoekgegevens));
      script.onerror = reject;
      document.head.append(script);
    });
    return engine;
  }

  function chosen() {
    const pairs = [...new URLSearchParams(location.search)].filter(([key, value]) => key !== "q" && value);
    return pairs.map(([key, value]) => `${key}~${value}`).filter((code) => Object.hasOwn(window.kastZoekgegevens.kenmerken, code));
  }

  // As on the living site: one of the codes of every facet.
  function fits(id, codes) {
    const facets = new Map();
    for (const code of codes) {
      const key = code.split("~")[0];
      facets.set(key, (facets.get(key) ?? false) || window.kastZoekgegevens.kenmerken[code].includes(id));
    }
    return [...facets.values()].every(Boolean);
  }

  function show(found, question, suggestion) {
    const list = document.getElementById("kaarten");
    list.replaceChildren(...found.map(({ id, why }) => cardWith(id, why)));
    const number = found.length ? `${found.length} ${found.length === 1 ? "interventie" : "interventies"} gevonden` : "Niets gevonden";
    const heading = document.getElementById("resultaten");
    heading.textContent = question ? `${number} voor ‘${question}’` : number;
    const meant = document.getElementById("bedoelde");
    meant.hidden = !suggestion;
    meant.querySelector("a").textContent = suggestion ?? "";
    meant.querySelector("a").search = suggestion ? `?q=${encodeURIComponent(suggestion)}` : "";
    place.hidden = false;
    document.getElementById("alles").hidden = true;
    document.getElementById("stand").textContent = heading.textContent;
    document.title = `${heading.textContent} | ${document.title.split(" | ").pop()}`;
  }

  function cardWith(id, why) {
    const card = cards.get(id).cloneNode(true);
    const reasons = why ? why().slice(0, 2) : [];
    if (reasons.length) {
      const line = document.createElement("p");
      line.className = "card-why";
      line.textContent = `Gevonden op ${reasons.join("; ")}`;
      card.append(line);
    }
    return card;
  }

  async function answer() {
    const asked = new URLSearchParams(location.search);
    const question = (asked.get("q") ?? "").trim().replace(/\s+/g, " ").slice(0, 200);
    field.value = question;
    if (!question && ![...asked.keys()].some((key) => key !== "q")) return;
    const machine = await load();
    const codes = chosen();
    if (!question && !codes.length) return;
    const pool = question ? machine.search(question) : [...cards.keys()].map((id) => ({ id }));
    const found = pool.filter(({ id }) => cards.has(id) && fits(id, codes));
    show(found, question, found.length || !question ? null : machine.suggest(question));
  }

  field.addEventListener("focus", load, { once: true });
  answer();
})();
