// Remembers the list in this browser, and nowhere else. Without this script the list lives in the address alone.

const KEY = "mijn-lijst";
const PATH = "/mijn-lijst";

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]").filter((id) => typeof id === "string");
  } catch {
    return [];
  }
}

function write(ids) {
  try {
    if (ids.length) localStorage.setItem(KEY, JSON.stringify(ids));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that remembers nothing still has the address.
  }
}

const together = (...lists) => [...new Set(lists.flat())];
const idsOf = (address) => new URL(address, location.href).searchParams.getAll("id");
const addressOf = (ids) => (ids.length ? `${PATH}?${new URLSearchParams(ids.map((id) => ["id", id]))}` : PATH);

// Whatever leads to the list takes along what was on it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-lijst], a[data-weg]");
  if (!link) return;
  if (link.dataset.weg) return write(read().filter((id) => id !== link.dataset.weg));
  const ids = together(read(), idsOf(link.href));
  write(ids);
  link.href = addressOf(ids);
});

document.addEventListener("submit", (event) => {
  if (event.submitter?.getAttribute("formaction") !== PATH) return;
  event.preventDefault();
  const ids = together(read(), new FormData(event.target).getAll("id"));
  write(ids);
  location.assign(addressOf(ids));
});

function button(words, action) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "button button-line", textContent: words });
  made.addEventListener("click", action);
  return made;
}

function showOwn(here, mine) {
  const status = document.getElementById("lijst-stand");
  const same = here.length === mine.length && here.every((id) => mine.includes(id));
  if (same) {
    status.textContent = here.length ? "Deze browser onthoudt deze lijst." : "";
    return;
  }
  status.textContent = mine.length ? "Dit is een andere lijst dan die uw browser onthoudt. " : "";
  const saver = button("Onthoud deze lijst in deze browser", () => {
    saver.remove();
    write(here);
    showOwn(here, here);
  });
  status.after(saver);
  if (!mine.length) return;
  const own = Object.assign(document.createElement("a"), { href: addressOf(mine), textContent: "Bekijk uw eigen lijst" });
  status.append(own);
}

const page = document.querySelector("[data-mijn-lijst]");
if (page) {
  const here = page.dataset.mijnLijst.split(" ").filter(Boolean);
  if (new URLSearchParams(location.search).has("leeg")) write([]);
  const mine = read();
  if (!here.length && mine.length) location.replace(addressOf(mine));
  else showOwn(here, mine);
}
