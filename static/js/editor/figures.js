// Figures: a picture of the portal's own with a caption and, for those who cannot see it, what it shows.

import { Node } from "django-prose-editor/editor";
import { fromElement, lineFragment, lineHtml } from "editor/html";
import { attributeField, withFields } from "editor/tables";

const OWN = /^(?:\/media\/(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*|data:image\/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+)$/;

const read = (element) => {
  const picture = element.matches("img") ? element : element.querySelector("img");
  const src = picture?.getAttribute("src") ?? "";
  if (!OWN.test(src)) return false;
  const caption = lineHtml(element.querySelector("figcaption")?.innerHTML ?? "");
  return { id: element.id || null, src, alt: picture.getAttribute("alt") ?? "", caption };
};

const picture = ({ src, alt }) => {
  const made = document.createElement("img");
  made.setAttribute("src", src);
  made.setAttribute("alt", alt.trim());
  return made;
};

export const Figure = Node.create({
  name: "figure",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ id: fromElement(null), src: fromElement(""), alt: fromElement(""), caption: fromElement("") }),
  parseHTML: () => [
    { tag: "figure", getAttrs: read },
    { tag: "img[src]", getAttrs: read },
  ],
  renderHTML: ({ node }) => {
    const dom = document.createElement("figure");
    if (node.attrs.id) dom.id = node.attrs.id;
    dom.append(picture(node.attrs));
    const words = lineHtml(node.attrs.caption);
    if (words) {
      const caption = document.createElement("figcaption");
      caption.append(lineFragment(words));
      dom.append(caption);
    }
    return { dom };
  },
  addNodeView: () => ({ node, view, getPos }) => {
    const dom = document.createElement("div");
    const shown = picture(node.attrs);
    dom.className = "textbild";
    const caption = attributeField(view, getPos, "caption", "Bildtext", "Säg vad bilden visar. Numret sätts av portalen.");
    const alt = attributeField(view, getPos, "alt", "Beskrivning för den som inte ser bilden", "Till exempel vad ett diagram visar, i en mening.", false);
    caption.show(node);
    alt.show(node);
    dom.append(shown, caption.row, alt.row);
    return withFields(dom, null, "figure", [caption, alt], (fresh) => {
      shown.src = fresh.attrs.src;
      shown.alt = fresh.attrs.alt;
    });
  },
});
