import { contrast, LARGE, readableOn } from "#base/contrast.ts";
import type { Branding } from "#base/medium-settings.ts";

/** As a medium is branded; the logo is a file of its own. */
export type SplashLook = Pick<ReturnType<typeof Branding.parse>, "name" | "colours">;

/** Of pictures, in CSS pixels: the same sizes as on the page that follows (ui/styles/frame.css). It fits into 640 by 480. */
export const SPLASH_SIZE = { width: 640, height: 248 } as const;
/** What the mark, or the logo in its place, is drawn into. */
export const MARK_SIZE = { width: 180, height: 186 } as const;

const BASE_LINE = 236;
const FONT_SIZE = 30;
/** Of a bold letter, in font sizes: wide ones are wider, but a name has others too. */
const LETTER_WIDTH = 0.8;
/** The page's, where the branding says nothing (ui/styles/tokens.css: --brand-bg, --brand-text, --brand-mark). */
const COLOURS = { background: "#0f2d45", text: "#ffffff", accent: "#f9813a" } as const;
/** Background and text of the splash. A text that cannot be read on the background is black or white, as it is read better. */
export function splashColours({ colours }: SplashLook): { readonly background: string; readonly text: string } {
  const background = colours.background ?? COLOURS.background;
  const text = colours.text ?? COLOURS.text;
  return { background, text: contrast(background, text) >= LARGE ? text : readableOn(background) };
}

/**
 * The splash as one drawing.
 * @param mark ui/splash.svg. @param logo a PNG that is shown in its place
 */
export function splashSvg(mark: string, look: SplashLook, logo?: Uint8Array): string {
  const { width, height } = SPLASH_SIZE;
  const { background, text } = splashColours(look);
  const place = `x="${(width - MARK_SIZE.width) / 2}" y="0" width="${MARK_SIZE.width}" height="${MARK_SIZE.height}"`;
  const size = Math.min(FONT_SIZE, width / ([...look.name].length * LETTER_WIDTH));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<style>.splash__ring, .splash__sea { stroke: ${text} } .splash__band { stroke: ${look.colours.accent ?? COLOURS.accent} }</style>`,
    `<rect width="${width}" height="${height}" fill="${background}"/>`,
    logo
      ? `<image ${place} href="data:image/png;base64,${Buffer.from(logo).toString("base64")}"/>`
      : mark.replace("<svg ", () => `<svg ${place} `),
    `<text x="${width / 2}" y="${BASE_LINE}" text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="${size}" fill="${text}">${escapeXml(look.name)}</text>`,
    "</svg>",
    "",
  ].join("\n");
}

export const escapeXml = (text: string): string => text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
