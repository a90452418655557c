import type { SettingsState } from "#rescue/api/contract.ts";
import type { Api } from "#ui/api/client.ts";
import { firstKnown } from "#ui/i18n/index.ts";
import { onRescueScreen } from "#ui/parts/rescue-screen.ts";
import { applyBrandColours } from "#ui/shell/branding.ts";
import type { Shell } from "#ui/shell/shell.ts";

export const themes = ["auto", "light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];
/** Of the usual size, in percent. */
export const textSizes = [100, 125, 150, 200] as const;
export type TextSize = (typeof textSizes)[number];

/** What this browser remembers. Storage may be switched off: then it is forgotten with the page. */
export interface Remembered {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const PREFIX = "lifeboat.";

export const remembered: Remembered = {
  get(name) {
    try {
      return localStorage.getItem(PREFIX + name) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(PREFIX + name, value);
    } catch {}
  },
};

/**
 * The language of this screen: what was chosen here, else on the rescue system's own screen what its medium says, elsewhere what the
 * browser's user reads.
 */
export async function firstLanguage(api: Api, settings: SettingsState | undefined): Promise<string> {
  const chosen = remembered.get("language");
  if (chosen !== undefined) return chosen;
  const system = await api.call("system").catch(() => undefined);
  const own = settings?.language ?? "en";
  return onRescueScreen(system) ? own : (firstKnown(navigator.languages) ?? own);
}

/** The rescue system's own screen remembers it for its next start, too. */
export async function chooseLanguage(
  shell: Pick<Shell, "api" | "system">,
  code: string,
  speak: (code: string) => Promise<boolean>,
): Promise<void> {
  if (!(await speak(code))) return;
  remembered.set("language", code);
  const known = firstKnown([code]);
  if (known && onRescueScreen(shell.system.value.value))
    await shell.api.call("setScreen", { body: { language: known } }).catch(() => {}); // it is spoken here all the same
}

export const chosenTheme = (): Theme => themes.find((one) => one === remembered.get("theme")) ?? "auto";
export const chosenTextSize = (): TextSize =>
  textSizes.find((one) => String(one) === remembered.get("text-size")) ?? 100;

/** Colours and size of text, as they were chosen, else as the computer that shows them wants them. */
export function applyAppearance(): void {
  const root = document.documentElement;
  const theme = chosenTheme();
  root.dataset["theme"] = theme === "auto" ? wantedTheme() : theme;
  root.style.setProperty("--text-scale", String(chosenTextSize() / 100));
  applyBrandColours();
}

const wantedTheme = (): Theme => {
  if (matchMedia("(prefers-contrast: more)").matches) return "contrast";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
};
