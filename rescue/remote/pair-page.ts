/** What a browser of another machine gets before it has given the code. Its texts are below, in one place. */
const TEXTS = {
  title: "Lifeboat",
  lead: "Type the code that the machine shows on its own screen.",
  field: "Code",
  button: "Connect",
  hint: "Capitals, small letters, dashes and spaces do not matter.",
  failed: "The machine does not answer. Is it still on?",
};

export const PAIR_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${TEXTS.title}</title>
<link rel="stylesheet" href="/pair.css">
<main>
<h1>${TEXTS.title}</h1>
<p>${TEXTS.lead}
<form>
<label for="code">${TEXTS.field}</label>
<input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="hint said" required autofocus>
<p id="hint">${TEXTS.hint}
<p id="said" role="alert">
<button>${TEXTS.button}</button>
</form>
</main>
<script src="/pair.js"></script>
`;

/** With Enter in mind: a form that cannot be sent by the browser itself (form-action 'none') is sent by this. */
export const PAIR_SCRIPT = `"use strict";
const form = document.querySelector("form");
const said = document.querySelector("#said");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = "";
  try {
    const response = await fetch("/api/v1/pair", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code: form.code.value }),
    });
    if (response.ok) return location.reload();
    const problem = await response.json();
    said.textContent = problem.text + ". " + problem.next;
  } catch {
    said.textContent = ${JSON.stringify(TEXTS.failed)};
  }
  form.code.select();
});
`;

export const PAIR_STYLE = `body { font: 1.125rem/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; }
main { max-width: 28rem; margin: 3rem auto; padding: 0 1rem; }
label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
input, button { min-height: 3rem; padding: 0.5rem 0.75rem; }
input { font-family: monospace; font-size: 1.25rem; }
#said { font-weight: bold; }
`;
