"use strict";

// Signs in and gives the token to Swagger UI. One account and one token open every API, so the tracker's addresses do
// for all of them. What is kept lives as long as the tab.
{
  const KEY = "onward-docs-session";
  const HOME = "/tracker/api/v1";
  const RENEW = 50 * 60 * 1000;
  const form = document.getElementById("sign-in");
  const code = form.elements.code;
  const welcome = document.getElementById("signed-in");
  const heading = document.getElementById("docs-sign-in");
  const said = document.getElementById("sign-in-said");
  const usual = said.textContent;
  let session = JSON.parse(sessionStorage.getItem(KEY) || "null");
  let halfway = null;

  async function ask(path, body, access) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    if (access) headers.Authorization = `Bearer ${access}`;
    const answer = await fetch(HOME + path, { method: "POST", headers, body: JSON.stringify(body) });
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(content.detail || content.error || `The server answered ${answer.status}.`);
    return content;
  }

  function show() {
    heading.hidden = form.hidden = Boolean(session);
    welcome.hidden = !session;
    if (session) welcome.querySelector("strong").textContent = session.email;
    code.disabled = !halfway;
    code.parentElement.hidden = !halfway;
  }

  async function authorize() {
    const shown = await window.documentation;
    const schemes = shown.getSystem().specSelectors.securityDefinitions()?.toJS() ?? {};
    const names = Object.keys(schemes).filter((name) => schemes[name].scheme === "bearer");
    if (session) for (const name of names) shown.preauthorizeApiKey(name, session.access);
    else shown.getSystem().authActions.logout(names);
  }

  function keep(found) {
    session = found;
    if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
    else sessionStorage.removeItem(KEY);
    show();
    return authorize();
  }

  function open(email, { access, refresh }) {
    halfway = null;
    form.reset();
    said.textContent = "";
    return keep({ email, access, refresh, renewed: Date.now() });
  }

  async function renew() {
    if (!session || Date.now() - session.renewed < RENEW) return;
    try {
      await open(session.email, await ask("/auth/token/refresh/", { refresh: session.refresh }));
    } catch {
      said.textContent = "Your session is over. Sign in again.";
      await keep(null);
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const email = form.elements.email.value.trim();
    button.disabled = true;
    try {
      if (!halfway) {
        const found = await ask("/auth/login/", { email, password: form.elements.password.value });
        if (found.requires_2fa) {
          halfway = found;
          said.textContent = "Give the code of your authenticator app, or a backup code.";
          show();
          code.focus();
          return;
        }
        await open(email, found);
      } else {
        await ask("/2fa/verify/", { code: code.value.trim() }, halfway.access);
        await open(email, halfway);
      }
    } catch (problem) {
      said.textContent = problem.message;
    } finally {
      button.disabled = false;
    }
  });

  // Another address or password begins anew.
  for (const name of ["email", "password"]) {
    form.elements[name].addEventListener("input", () => {
      halfway = null;
      show();
    });
  }

  welcome.querySelector("button").addEventListener("click", async () => {
    const { access, refresh } = session;
    said.textContent = usual;
    await keep(null);
    await ask("/auth/logout/", { refresh }, access).catch(() => {});
  });

  setInterval(renew, 60 * 1000);
  show();
  if (session) {
    said.textContent = "";
    renew().then(authorize);
  }
}
