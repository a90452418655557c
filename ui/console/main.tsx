import { render } from "preact";
import { httpApi } from "#ui/console/api/client.ts";
import { ConsoleApp } from "#ui/console/app.tsx";
import { Console } from "#ui/console/console.ts";
import { speakConsole } from "#ui/console/i18n/index.ts";
import { firstKnown } from "#ui/i18n/index.ts";
import { applyAppearance, remembered } from "#ui/shell/preferences.ts";

applyAppearance();
for (const wish of ["(prefers-contrast: more)", "(prefers-color-scheme: dark)"])
  matchMedia(wish).addEventListener("change", applyAppearance);
await speakConsole(remembered.get("language") ?? firstKnown(navigator.languages) ?? "en");

const store = new Console({
  api: httpApi,
  hash: () => location.hash,
  setHash(hash) {
    if (hash !== location.hash) history.pushState(null, "", hash);
  },
});
addEventListener("popstate", () => store.followHash());

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
root.replaceChildren(); // the splash
render(<ConsoleApp store={store} />, root);
await store.begin();
