// Only makes things nicer; every page works without it.

// An error summary gets the focus, so that a screen reader starts there.
document.querySelector("[data-focus]")?.focus();

// Buttons that need a script appear only when the script runs.
for (const button of document.querySelectorAll("button[data-copy], button[data-print]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy], button[data-print]");
  if (!button) return;
  if (button.hasAttribute("data-print")) return window.print();
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  document.getElementById(button.dataset.said).textContent = "Het adres is gekopieerd.";
});

// Sending without a connection would show the browser's own error and lose the page; say it here instead.
for (const form of document.querySelectorAll("form[data-online]")) {
  const warning = form.querySelector("[data-offline]");
  form.addEventListener("submit", (event) => {
    warning.hidden = navigator.onLine;
    if (!navigator.onLine) event.preventDefault();
  });
}
