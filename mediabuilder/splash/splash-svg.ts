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
/** WCAG 2.2, 1.4.3: of large letters. */
const LEAST_CONTRAST = 3;

/** Background and text of the splash. A text that cannot be read on the background is black or white, as it is read better. */
export function splashColours({ colours }: SplashLook): { readonly background: string; readonly text: string } {
  const background = colours.background ?? COLOURS.background;
  const text = colours.text ?? COLOURS.text;
  if (contrast(background, text) >= LEAST_CONTRAST) return { background, text };
  return {
    background,
    text: contrast(background, "#000000") > contrast(background, "#ffffff") ? "#000000" : "#ffffff",
  };
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

/** WCAG 2.2, "contrast ratio": 1 to 21. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, "relative luminance". @param colour "#1a5fb4" */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [...Buffer.from(colour.slice(1), "hex")].map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
