// The toolbars: one stop in the tab order each, arrows inside, and buttons that show what holds where the cursor stands.

import { ACTIONS } from "editor/actions";

const controlsOf = (bar) => [...bar.querySelectorAll("button, select")].filter((control) => !control.disabled);

const rove = (bar) => {
  const stop = (control) => {
    for (const other of bar.querySelectorAll("button, select")) other.tabIndex = other === control ? 0 : -1;
  };
  stop(controlsOf(bar)[0]);
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const controls = controlsOf(bar);
    const at = controls.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: controls.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    controls[(to + controls.length) % controls.length].focus();
  });
};

/** Ties the toolbars to an editor. Returns what brings them up to date. */
export const connect = (bars, context) => {
  const { editor } = context;
  for (const bar of bars) {
    rove(bar);
    bar.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      editor.commands.focus();
    });
    bar.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault(); // the selection stays in the text
    });
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-do]");
      if (button && button.getAttribute("aria-disabled") !== "true") ACTIONS[button.dataset.do].run(context, button);
    });
    // Chosen with the keyboard: some browsers tell of each choice that one passes, so the focus stays until Escape.
    let byKey = false;
    bar.addEventListener("keydown", () => { byKey = true; }, true);
    bar.addEventListener("pointerdown", () => { byKey = false; }, true);
    bar.querySelector("select")?.addEventListener("change", (event) => ACTIONS.block.run(context, event.target, byKey));
  }
  return () => {
    for (const bar of bars) {
      if (bar.classList.contains("verktygsrad--tabell")) bar.hidden = !editor.isActive("table");
      for (const control of bar.querySelectorAll("[data-do]")) {
        const { active, can, value } = ACTIONS[control.dataset.do];
        if (active) control.setAttribute("aria-pressed", String(active(editor)));
        if (can) control.setAttribute("aria-disabled", String(!can(editor)));
        if (value) control.value = value(editor);
      }
    }
  };
};
