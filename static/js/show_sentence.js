// A field that ends a sentence: the whole sentence is read under it while you write.

for (const shown of document.querySelectorAll("[data-mening]")) {
  const field = document.getElementById(shown.dataset.mening);
  field.addEventListener("input", () => {
    shown.textContent = field.value.trim().replace(/[.,;]+$/, "") || "…";
  });
}
