// The editor: takes over every <textarea data-redigerare>. The textarea keeps the text: at each change its value is the
// HTML, and it says "input". Whoever puts other HTML in it says "sfbv:innehall", and the editor shows that. Without this
// script, or if it fails, the textarea is what one writes in.

import { Editor } from "django-prose-editor/editor";
import { ACTIONS } from "editor/actions";
import { listen } from "editor/comments";
import { found, look, point, replaceAll, replaceOne, step } from "editor/find";
import { htmlToWords, readable, replaceContent, toHtml, withOwnAnchors } from "editor/html";
import { extensions } from "editor/nodes";
import { connect } from "editor/toolbar";
import { fromClipboard } from "editor/word";

const PICTURES = ["image/png", "image/jpeg", "image/tiff"];
const KEYS = { k: "link", h: "find" };

const element = (tag, className, attributes = {}) => {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

const uploader = (textarea) => {
  const address = textarea.dataset.bildadress;
  if (!address) return null;
  return async (file) => {
    const body = new FormData();
    body.append("fil", file);
    body.append("csrfmiddlewaretoken", textarea.form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
      return await answer.json();
    } catch {
      return { fel: "Bilden kunde inte skickas. Kontrollera nätet och försök igen. Texten är kvar." };
    }
  };
};

/** The notes below the text: who writes sees what they say without opening each. */
const showNotes = (list, doc) => {
  const notes = [];
  doc.descendants((node) => {
    if (node.type.name === "footnote") notes.push(htmlToWords(node.attrs.html));
  });
  list.hidden = !notes.length;
  list.replaceChildren(...notes.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
};

const findPanel = (panel, editor) => {
  const part = (name) => panel.querySelector(`[data-sok="${name}"]`);
  const tell = (words) => { part("antal").textContent = words; };
  const count = () => {
    const { hits, at, words } = found(editor.view);
    tell(!words ? "" : hits.length ? `Träff ${at + 1} av ${hits.length}.` : "Inga träffar.");
  };
  const close = () => {
    panel.hidden = true;
    look(editor.view, "");
    editor.commands.focus();
  };
  const acts = {
    forra: () => step(editor.view, -1),
    nasta: () => step(editor.view, 1),
    ersatt: () => replaceOne(editor.view, part("nytt").value),
  };
  for (const [name, act] of Object.entries(acts)) part(name).addEventListener("click", () => { act(); count(); });
  part("alla").addEventListener("click", () => {
    const many = replaceAll(editor.view, part("nytt").value);
    tell(many === 1 ? "1 ställe är ersatt." : `${many} ställen är ersatta.`);
  });
  part("stang").addEventListener("click", close);
  part("ord").addEventListener("input", () => { look(editor.view, part("ord").value); count(); });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault(); // the form is not sent
      if (event.target === part("nytt")) acts.ersatt();
      else step(editor.view, event.shiftKey ? -1 : 1);
      count();
    }
  });
  return () => {
    panel.hidden = false;
    const { from, to } = editor.state.selection;
    const chosen = editor.state.doc.textBetween(from, to, " ");
    if (chosen) part("ord").value = chosen;
    part("ord").focus();
    look(editor.view, part("ord").value);
    count();
  };
};

const pictureIn = (data) => (data.getData("text/html") ? null : [...data.files].find(({ type }) => PICTURES.includes(type)));

/** The pictures of this delprojekt, as far as the page knows: another's could not be shown by the document. */
const ownPictures = (textarea) => {
  const known = new Set(JSON.parse(textarea.dataset.bilder ?? "[]"));
  const note = () => { for (const [, src] of textarea.value.matchAll(/src="(\/media\/[^"]+)"/g)) known.add(src); };
  for (const event of ["input", "sfbv:innehall"]) textarea.addEventListener(event, note);
  note();
  return (src) => known.has(src);
};

const pasting = ({ say, textarea }, insertPicture) => {
  const isOurs = ownPictures(textarea);
  const most = Number(textarea.dataset.max);
  const tooLarge = (size) => {
    const mb = (size / 1_000_000).toLocaleString("sv-SE", { maximumFractionDigits: 1 });
    say(`Det du klistrade in är för stort (${mb} MB). Klistra in en del i taget. Inget i texten har ändrats.`);
    return true;
  };
  return {
    handlePaste: (_view, event) => {
      const { clipboardData: data } = event;
      const size = Math.max(data.getData("text/html").length, data.getData("text/plain").length);
      if (size > most) return tooLarge(size);
      const file = pictureIn(data);
      if (file) insertPicture(file);
      return Boolean(file);
    },
    handleDrop: (_view, { dataTransfer: data }) => {
      const file = pictureIn(data);
      if (file) insertPicture(file);
      return Boolean(file);
    },
    transformPasted: withOwnAnchors,
    transformPastedHTML: (pasted) => {
      const { html, lost } = fromClipboard(pasted, isOurs);
      say("");
      if (lost) say(`${lost === 1 ? "En bild" : `${lost} bilder`} följde inte med. Spara bilden i en fil och lägg in den med knappen Bild.`);
      return readable(html);
    },
  };
};

const keyboard = (context, bar) => (_view, event) => {
  const held = event.ctrlKey || event.metaKey;
  const node = context.editor?.state.selection.node?.type.name;
  const alone = event.altKey && !event.ctrlKey && !event.getModifierState("AltGraph");
  const name = alone && event.code === "Digit0" ? "help" : held && event.altKey && event.code === "KeyF" ? "footnote" : held && !event.altKey && !event.shiftKey ? KEYS[event.key.toLowerCase()] : event.key === "Enter" && node === "footnote" ? node : null;
  if (name) ACTIONS[name].run(context);
  else if (event.altKey && event.key === "F10") bar.querySelector("[tabindex='0']").focus();
  return Boolean(name) || (event.altKey && event.key === "F10");
};

const describe = (textarea) => {
  const label = textarea.labels[0];
  const attributes = { role: "textbox", "aria-multiline": "true", lang: "sv", spellcheck: "true", class: "redigerare__text las" };
  if (label) {
    label.id ||= `${textarea.id}-etikett`;
    attributes["aria-labelledby"] = label.id;
  }
  if (textarea.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true";
  const told = (textarea.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== `${textarea.id}_helptext`);
  if (told.length) attributes["aria-describedby"] = told.join(" ");
  return attributes;
};

const enhance = (textarea) => {
  const parts = document.querySelector("#redigerare-verktyg").content.cloneNode(true);
  const [bar, tableBar] = parts.querySelectorAll("[role=toolbar]");
  const panel = parts.querySelector("[role=search]");
  const box = element("div", "redigerare");
  const place = element("div", "redigerare__yta");
  const notes = element("ol", "redigerare__fotnoter", { "aria-label": "Fotnoter", hidden: "" });
  const status = element("p", "redigerare__besked", { role: "status" });
  const say = (words) => { status.textContent = words; };
  const context = { textarea, say, upload: uploader(textarea) };
  const typed = textarea.value !== textarea.defaultValue;
  if (!typed) textarea.value = textarea.dataset.html ?? textarea.value;
  let update = () => {};
  let written = null;
  const editor = new Editor({
    element: place,
    injectCSS: false,
    extensions: extensions(),
    content: readable(textarea.value),
    editorProps: {
      attributes: describe(textarea),
      handleKeyDown: keyboard(context, bar),
      handleDoubleClickOn: (_view, _pos, node) => node.type.name === "footnote" && Boolean(ACTIONS.footnote.run(context)),
      ...pasting(context, (file) => ACTIONS.figure.run(context, null, file)),
    },
    onTransaction: ({ transaction }) => {
      update();
      if (!transaction.docChanged) return;
      showNotes(notes, transaction.doc);
      const html = toHtml(transaction.doc);
      const same = html === written;
      written = html;
      if (same || transaction.getMeta("outside")) return;
      textarea.value = html;
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  context.editor = editor;
  written = toHtml(editor.state.doc);
  listen(textarea, editor.view);
  context.openFind = findPanel(panel, editor);
  box.append(bar, tableBar, panel, place, notes, status);
  textarea.before(box);
  textarea.hidden = true;
  document.getElementById(`${textarea.id}_helptext`)?.setAttribute("hidden", "");
  textarea.labels[0]?.addEventListener("click", () => editor.commands.focus());
  textarea.addEventListener("sfbv:innehall", (event) => {
    try {
      replaceContent(editor.view, textarea.value);
    } catch (error) {
      event.preventDefault(); // whoever put it there hears that it is not shown
      reportError(error);
    }
  });
  textarea.addEventListener("sfbv:visa", (event) => {
    event.preventDefault(); // it is shown here, not in the plain text
    point(editor.view, event.detail);
  });
  update = connect([bar, tableBar], context);
  update();
  showNotes(notes, editor.state.doc);
  box.dataset.klar = "";
};

document.querySelectorAll("textarea[data-redigerare]").forEach(enhance);
