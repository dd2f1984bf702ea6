// The catalogue without waiting: a filter that is ticked is applied at once, and the number found is spoken. Works without it too.

const form = document.querySelector(".finder");
const status = document.getElementById("stand");
let newest = 0;
let shown = location.search;

function addressOfForm() {
  const pairs = [...new FormData(form)].filter(([, value]) => value);
  const query = new URLSearchParams(pairs).toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
}

// Folds that were opened or closed by hand stay so.
function keepFolds(fresh) {
  const now = [...document.querySelectorAll(".filters-body details")].map((fold) => [nameOf(fold), fold.open]);
  const open = new Map(now);
  for (const fold of fresh.querySelectorAll("details")) fold.open = open.get(nameOf(fold)) ?? fold.open;
}

function nameOf(fold) {
  const own = fold.querySelector("summary").firstChild.textContent.trim();
  const outer = fold.parentElement.closest(".facet");
  return outer ? `${nameOf(outer)} ${own}` : own;
}

const chosen = () => [...document.querySelectorAll('.results input[name="id"]:checked, .results input[data-kept]')];

// How many one will compare: the bar stays in sight, the ticks do not.
function count() {
  const bar = document.querySelector("[data-chosen]");
  if (bar) bar.textContent = chosen().length ? `${chosen().length} gekozen:` : "Wat u aanvinkt:";
}

// What was ticked stays chosen, also when it is not among what is found now.
function keepChosen(fresh, ids) {
  for (const id of ids) {
    const box = fresh.querySelector(`input[type="checkbox"][name="id"][value="${CSS.escape(id)}"]`);
    if (box) box.checked = true;
    else fresh.querySelector("form")?.prepend(keptInput(id));
  }
}

function keptInput(id) {
  const made = Object.assign(document.createElement("input"), { type: "hidden", name: "id", value: id });
  made.dataset.kept = "";
  return made;
}

function show(html, focused) {
  const ids = chosen().map((box) => box.value);
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const filters = fresh.querySelector(".filters-body");
  keepFolds(filters);
  document.querySelector(".filters-body").replaceWith(filters);
  document.querySelector(".filters > summary").replaceWith(fresh.querySelector(".filters > summary"));
  keepChosen(fresh.querySelector(".results"), ids);
  document.querySelector(".results").replaceWith(fresh.querySelector(".results"));
  count();
  document.title = fresh.title;
  const same = `input[name="${focused.name}"][value="${CSS.escape(focused.value)}"]`;
  (form.querySelector(same) ?? document.getElementById("resultaten")).focus();
  status.textContent = document.getElementById("resultaten").textContent;
}

async function apply(address, focused) {
  const turn = ++newest;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    const html = await answer.text();
    if (turn !== newest) return;
    history.pushState(null, "", address);
    shown = location.search;
    show(html, focused);
  } catch {
    if (turn === newest) location.assign(address);
  }
}

form?.addEventListener("change", (event) => {
  if (event.target.type === "checkbox") apply(addressOfForm(), event.target);
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.('.results input[name="id"]')) count();
});
count();
addEventListener("popstate", () => {
  if (location.search !== shown) location.reload();
});
