"use strict";

// The tools that show the document make style elements, which the page's policy allows with its nonce only, and ReDoc
// shows its maker's logo from another host, which nobody is to be asked for.
{
  const { nonce } = document.currentScript;
  const create = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const element = create(name, options);
    if (name === "style") element.nonce = nonce;
    if (name === "img") {
      element.setAttribute = onlyFromHere;
      Object.defineProperty(element, "src", { set: (value) => element.setAttribute("src", value) });
    }
    return element;
  };

  function onlyFromHere(name, value) {
    if (name === "src" && new URL(value, location.href).origin !== location.origin && !value.startsWith("data:")) return;
    Element.prototype.setAttribute.call(this, name, value);
  }
}
