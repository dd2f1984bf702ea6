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

function show(html, focused) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const filters = fresh.querySelector(".filters-body");
  keepFolds(filters);
  document.querySelector(".filters-body").replaceWith(filters);
  document.querySelector(".filters > summary").replaceWith(fresh.querySelector(".filters > summary"));
  document.querySelector(".results").replaceWith(fresh.querySelector(".results"));
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
addEventListener("popstate", () => {
  if (location.search !== shown) location.reload();
});
