"use strict";

{
  const schema = document.body.dataset.schema;
  const font = 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';
  const mono = 'ui-monospace, "Cascadia Code", Menlo, Consolas, monospace';
  const day = { accent: "#4338ca", ink: "#1b1c24", soft: "#5c5d6b", line: "#e5e2dc", paper: "#ffffff", side: "#fbfaf8", panel: "#1b1c24", good: "#0b7a5c", bad: "#b3261e" };
  const night = { accent: "#a5a0ff", ink: "#eceaf2", soft: "#a3a3b5", line: "#2c2e3c", paper: "#12131a", side: "#1a1c26", panel: "#0c0d12", good: "#5cd6b0", bad: "#ff938a" };
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function theme({ accent, ink, soft, line, paper, side, panel, good, bad }) {
    return {
      colors: {
        primary: { main: accent },
        success: { main: good },
        error: { main: bad },
        text: { primary: ink, secondary: soft },
        border: { dark: line, light: line },
        gray: { 50: side, 100: line },
      },
      schema: { nestedBackground: side, linesColor: line, typeNameColor: soft, typeTitleColor: soft },
      sidebar: { backgroundColor: side, textColor: ink },
      rightPanel: { backgroundColor: panel },
      codeBlock: { backgroundColor: dark.matches ? "#1a1c26" : "#272935" },
      typography: {
        fontFamily: font,
        headings: { fontFamily: font },
        code: { fontFamily: mono, color: accent, backgroundColor: side },
        links: { color: accent },
      },
    };
  }

  function show() {
    const place = document.getElementById("docs");
    const next = place.cloneNode(false);
    place.replaceWith(next);
    Redoc.init(
      schema,
      {
        downloadUrls: [{ title: "OpenAPI (JSON)", url: schema }],
        expandResponses: "200,201",
        sortPropsAlphabetically: false,
        theme: theme(dark.matches ? night : day),
      },
      next,
    );
  }

  dark.addEventListener("change", show);
  show();
}
