import { contrast, LARGE, readableOn, TEXT } from "#base/contrast.ts";
import type { SettingsState } from "#rescue/api/contract.ts";

export type BrandColours = SettingsState["branding"]["colours"];

/**
 * The custom properties of styles/tokens.css that a medium's colours take the place of, as the splash has them: background and text in
 * the header; the accent on buttons and selections, where it can be read on the surface.
 * @param own the theme's, as "#0f2d45"
 */
export function brandColours(
  { accent, background, text }: BrandColours,
  own: { readonly background: string; readonly text: string; readonly surface: string },
): Readonly<Record<string, string>> {
  const header = background ?? own.background;
  const wanted = text ?? own.text;
  const letters = contrast(header, wanted) >= TEXT ? wanted : readableOn(header);
  const isHeader = background !== undefined || text !== undefined;
  return {
    ...(isHeader && {
      "--brand-bg": header,
      "--brand-text": letters,
      "--brand-muted": `color-mix(in srgb, ${letters} 85%, ${header})`,
    }),
    ...(isHeader && accent === undefined && { "--brand-mark": letters }),
    ...(accent !== undefined && { "--brand-mark": contrast(header, accent) >= LARGE ? accent : letters }),
    ...(accent !== undefined &&
      contrast(accent, own.surface) >= TEXT && {
        "--accent": accent,
        "--accent-hover": `color-mix(in srgb, ${accent} 80%, ${readableOn(own.surface)})`,
        "--accent-text": readableOn(accent),
        "--accent-soft": `color-mix(in srgb, ${accent} 12%, ${own.surface})`,
        "--focus": accent,
      }),
  };
}
