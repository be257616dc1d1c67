"use strict";

const schema = document.body.dataset.schema;
const font = 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';

Redoc.init(
  schema,
  {
    hideDownloadButton: false,
    downloadUrls: [{ title: "OpenAPI (JSON)", url: schema }],
    expandResponses: "200,201",
    sortPropsAlphabetically: false,
    theme: {
      colors: { primary: { main: "#4338ca" } },
      typography: {
        fontFamily: font,
        headings: { fontFamily: font },
        code: { fontFamily: 'ui-monospace, "Cascadia Code", Menlo, Consolas, monospace' },
      },
    },
  },
  document.getElementById("docs"),
);
