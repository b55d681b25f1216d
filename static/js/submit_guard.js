// One click is one post: a second press on the same form is stopped while the first is under way.
// The server is the real guard; this only spares the user a surprise.

const BUSY = "skickas";
const RELEASE_AFTER = 20_000;

const release = (form) => {
  delete form.dataset[BUSY];
  for (const button of form.querySelectorAll("[type=submit][aria-busy]")) button.removeAttribute("aria-busy");
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset[BUSY]) {
    event.preventDefault();
    return;
  }
  form.dataset[BUSY] = "ja";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), RELEASE_AFTER);
});

// Back in the browser shows the page as it was: let go of the form again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-skickas]").forEach(release);
});
