/** How well one colour is read on the other: WCAG 2.2, "contrast ratio", 1 to 21. @param one "#1a5fb4" */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, 1.4.3: of large letters, and 1.4.11: of what is no text. */
export const LARGE = 3;
/** WCAG 2.2, 1.4.3: of text. */
export const TEXT = 4.5;

/** Black or white, as it is read better on the background. */
export const readableOn = (background: string): string =>
  contrast(background, "#000000") > contrast(background, "#ffffff") ? "#000000" : "#ffffff";

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
