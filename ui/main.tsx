import { render } from "preact";
import { httpApi } from "#ui/api/client.ts";
import { App } from "#ui/app.tsx";
import { locale } from "#ui/i18n/index.ts";
import type { Step } from "#ui/wizard/route.ts";
import { Wizard } from "#ui/wizard/wizard.ts";

const KEY = "lifeboat.acknowledged";

/** Storage may be switched off in a kiosk; the worst that follows is that a result is shown twice. */
const acknowledged = {
  has: (jobId: string): boolean => read().includes(jobId),
  add(jobId: string): void {
    try {
      localStorage.setItem(KEY, JSON.stringify([...read(), jobId].slice(-20)));
    } catch {}
  },
};

function read(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

const wizard = new Wizard({
  api: httpApi,
  hash: () => location.hash,
  setHash(hash, replace) {
    if (hash === location.hash) return;
    if (replace) history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
  },
  acknowledged,
});
addEventListener("popstate", () => wizard.followHash());

document.documentElement.lang = locale;
const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
const painted = (page: Step) => void httpApi.call("painted", { body: { page } }).catch(() => {}); // only a mark on the console
render(<App wizard={wizard} onPainted={painted} />, root);
await wizard.begin();
