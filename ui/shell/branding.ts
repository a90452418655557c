import type { SettingsState } from "#rescue/api/contract.ts";
import { logoPath } from "#ui/api/routes.ts";
import { brand } from "#ui/parts/brand.ts";
import { type BrandColours, brandColours } from "#ui/shell/brand-colours.ts";

let colours: BrandColours = {};
let applied: readonly string[] = [];

/** How the medium calls itself, its picture and its colours. */
export function applyBranding(branding: SettingsState["branding"]): void {
  brand.value = { name: branding.name, ...(branding.hasLogo && { logo: logoPath }) };
  colours = branding.colours;
  applyBrandColours();
}

/** For the theme as it is now. High contrast is the user's need, and stays as it is. */
export function applyBrandColours(): void {
  const { dataset, style } = document.documentElement;
  for (const property of applied) style.removeProperty(property);
  const own = getComputedStyle(document.documentElement);
  const theirs = (property: string) => own.getPropertyValue(property).trim();
  const used = { background: theirs("--brand-bg"), text: theirs("--brand-text"), surface: theirs("--surface") };
  const wanted = dataset["theme"] === "contrast" ? {} : brandColours(colours, used);
  for (const [property, value] of Object.entries(wanted)) style.setProperty(property, value);
  applied = Object.keys(wanted);
}
