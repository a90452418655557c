import { render } from "preact";
import type { PageShown } from "#rescue/api/contract.ts";
import { httpApi } from "#ui/api/client.ts";
import { App } from "#ui/app.tsx";
import { speak } from "#ui/i18n/index.ts";
import { applyBranding } from "#ui/shell/branding.ts";
import { applyAppearance, firstLanguage, remembered } from "#ui/shell/preferences.ts";
import { Shell } from "#ui/shell/shell.ts";

const MOST_ACKNOWLEDGED = 20;

/** The worst that follows when nothing can be remembered is that a result is shown twice. */
const acknowledged = {
  has: (jobId: string): boolean => read().includes(jobId),
  add: (jobId: string): void =>
    remembered.set("acknowledged", JSON.stringify([...read(), jobId].slice(-MOST_ACKNOWLEDGED))),
};

function read(): readonly string[] {
  try {
    const value: unknown = JSON.parse(remembered.get("acknowledged") ?? "[]");
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

applyAppearance();
for (const wish of ["(prefers-contrast: more)", "(prefers-color-scheme: dark)"])
  matchMedia(wish).addEventListener("change", applyAppearance);
const settings = await httpApi.call("settings").catch(() => undefined);
if (settings) applyBranding(settings.branding);
await speak(await firstLanguage(httpApi, settings));

const shell = new Shell({
  api: httpApi,
  hash: () => location.hash,
  setHash(hash, replace) {
    if (hash === location.hash) return;
    if (replace) history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
  },
  acknowledged,
});
addEventListener("popstate", () => shell.followHash());

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
root.replaceChildren(); // the splash
// Only a mark on the console.
const painted = (page: PageShown["page"]) => void httpApi.call("painted", { body: { page } }).catch(() => {});
render(<App shell={shell} onPainted={painted} />, root);
await shell.begin();
