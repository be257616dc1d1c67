"use strict";

// Swagger UI has a dark mode; it follows a class.
const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

window.documentation = new Promise((resolve) => {
  const shown = SwaggerUIBundle({
    url: document.body.dataset.schema,
    dom_id: "#docs",
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    displayRequestDuration: true,
    filter: true,
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    defaultModelRendering: "example",
    validatorUrl: null,
    onComplete: () => resolve(shown),
  });
});
