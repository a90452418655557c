import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scaleFor, screenScale, widthIn } from "#rescue/kiosk/screen-scale.ts";

test.each([
  ["a monitor of 24 inches", 1920, 1080, 527, 1],
  ["a laptop of 14 inches", 1920, 1080, 309, 1.5],
  ["a monitor of 27 inches, 4K", 3840, 2160, 597, 1.5],
  ["a laptop of 13 inches, 4K", 3840, 2160, 294, 3],
  ["a tablet of 12 inches", 2736, 1824, 260, 2],
  ["a television of 4K", 3840, 2160, 1200, 1],
  ["4K of unknown size", 3840, 2160, undefined, 2],
  ["an old projector of unknown size", 1024, 768, undefined, 1],
  ["small pixels, but few of them", 1280, 800, 150, 1.25],
])("%s", (_what, width, height, millimetres, scale) => {
  const found = scaleFor({ width, height, millimetres });
  expect(found).toBe(scale);
  expect([width / found >= 800, height / found >= 600]).toEqual([true, true]);
});

/** Only the fields that count. */
function edid(centimetres: number, millimetres: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes[21] = centimetres;
  if (millimetres > 0) bytes.set([1, 1], 54);
  bytes[66] = millimetres & 0xff;
  bytes[68] = (millimetres >> 4) & 0xf0;
  return bytes;
}

test("the width of a screen: in millimetres, else in centimetres, else unknown", () => {
  expect(widthIn(edid(53, 527))).toBe(527);
  expect(widthIn(edid(53, 0))).toBe(530);
  expect(widthIn(edid(16, 16))).toBeUndefined(); // the shape
  expect([widthIn(edid(0, 0)), widthIn(Buffer.alloc(0)), widthIn(Buffer.alloc(127))]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("of what is plugged in, the screen with the largest pixels decides", async () => {
  const sysfs = await mkdtemp(join(tmpdir(), "screens-"));
  const connector = async (name: string, status: string, mode: string, millimetres: number) => {
    const folder = join(sysfs, "class/drm", name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "status"), `${status}\n`);
    await writeFile(join(folder, "modes"), `${mode}\n640x480\n`);
    await writeFile(join(folder, "edid"), edid(0, millimetres));
  };
  expect(await screenScale(sysfs)).toBe(1);
  await connector("card0-eDP-1", "connected", "3840x2160", 344);
  await connector("card0-HDMI-A-1", "disconnected", "1024x768", 400);
  expect(await screenScale(sysfs)).toBe(3);
  await connector("card0-HDMI-A-1", "connected", "1920x1080", 1000);
  expect(await screenScale(sysfs)).toBe(1);
  await rm(sysfs, { recursive: true });
});
