// Follows a background job: asks the address in data-job-status until it is done or has failed, then shows the result.
// The answer is JSON: {text, procent, ton, url, lanktext}. Without scripts the page is reloaded by hand.

const PAUSE = 1500;
const PAUSE_AFTER_FAULT = 6000;
const DONE = new Set(["klar", "nej"]);

const showResult = (box, job) => {
  box.querySelector("progress")?.remove();
  box.dataset.color = job.ton === "klar" ? "success" : "danger";
  if (!job.url) return;
  const link = document.createElement("a");
  link.href = job.url;
  link.textContent = job.lanktext;
  box.lastElementChild.replaceChildren(link);
};

const follow = async (box) => {
  const text = box.querySelector("[data-job-text]");
  const bar = box.querySelector("progress");
  let pause = PAUSE;
  try {
    const answer = await fetch(box.dataset.jobStatus, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const job = await answer.json();
    if (text.textContent !== job.text) text.textContent = job.text;
    if (bar && job.procent != null) bar.value = job.procent;
    if (DONE.has(job.ton)) {
      showResult(box, job);
      return;
    }
  } catch {
    text.textContent = "Just nu får vi inget svar. Vi försöker igen om en stund.";
    pause = PAUSE_AFTER_FAULT;
  }
  setTimeout(() => follow(box), pause);
};

document.querySelectorAll("[data-job-status]").forEach(follow);
