// The PDF beside the text at the desk: asked for when it is shown, and again a while after each save while it is open.
// The newest text wins: an answer that is older than what is written is never waited for twice.

const box = document.querySelector("[data-pdf]");
const text = box.querySelector("[data-pdf-text]");
const bar = box.querySelector("progress");
const frame = box.querySelector("iframe");
const saved = document.querySelector("[data-sparat]");
const PAUSE = 700;
const QUIET = 4000;
let waiting = 0;
let asked = 0;

const show = (job) => {
  text.textContent = job.text;
  bar.hidden = job.ton !== "pagar";
  if (job.url && job.ton !== "pagar" && frame.getAttribute("src") !== job.url) frame.src = job.url;
  frame.hidden = !frame.getAttribute("src");
};

const follow = async (number) => {
  if (number !== asked || !box.open) return;
  try {
    const answer = await fetch(box.dataset.pdfStatus, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const job = await answer.json();
    if (number !== asked) return;
    show(job);
    if (job.ton === "pagar") setTimeout(() => follow(number), PAUSE);
  } catch {
    text.textContent = "Just nu får vi inget svar. PDF:en görs om när du har sparat igen.";
    bar.hidden = true;
  }
};

const order = async () => {
  asked += 1;
  const number = asked;
  try {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const answer = await fetch(box.dataset.pdf, { method: "POST", headers });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
    setTimeout(() => follow(number), PAUSE);
  } catch {
    text.textContent = "PDF:en gick inte att beställa just nu. Den görs om när du har sparat igen.";
    bar.hidden = true;
  }
};

box.addEventListener("toggle", () => box.open && order());
if (saved) {
  new MutationObserver(() => {
    clearTimeout(waiting);
    if (box.open) waiting = setTimeout(order, QUIET);
  }).observe(saved, { childList: true, characterData: true, subtree: true });
}
