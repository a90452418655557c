import { expect, test } from "vitest";
import { brandColours } from "./brand-colours.ts";

const LIGHT = { background: "#0f2d45", text: "#ffffff", surface: "#ffffff" };
const DARK = { ...LIGHT, surface: "#1a232b" };

test("without colours nothing is changed", () => expect(brandColours({}, LIGHT)).toEqual({}));

test("the header has the background and the text; a text that could not be read is black or white", () => {
  expect(brandColours({ background: "#ffe066", text: "#1c1c1c" }, LIGHT)).toMatchObject({
    "--brand-bg": "#ffe066",
    "--brand-text": "#1c1c1c",
    "--brand-mark": "#1c1c1c",
  });
  expect(brandColours({ background: "#ffe066" }, LIGHT)).toMatchObject({ "--brand-text": "#000000" });
});

test("the accent is on buttons where it can be read, and on the mark where it can be seen", () => {
  const light = brandColours({ accent: "#8a1f5c" }, LIGHT);
  expect(light).toMatchObject({ "--accent": "#8a1f5c", "--accent-text": "#ffffff", "--brand-mark": "#ffffff" });
  const dark = brandColours({ accent: "#8a1f5c" }, DARK);
  expect(dark).not.toHaveProperty("--accent");
  expect(brandColours({ accent: "#ffe066" }, LIGHT)).toEqual({ "--brand-mark": "#ffe066" });
});
