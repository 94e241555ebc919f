// The keys go to the explorer from the first, and again whenever the page is come back to.
for (const when of ["load", "focus"]) {
  window.addEventListener(when, () => document.querySelector(".xterm-helper-textarea")?.focus());
}
