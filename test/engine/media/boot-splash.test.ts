import { copyFile, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MediumSettings } from "#base/medium-settings.ts";
import { decodePng, encodePng, type Picture } from "#imaging/prove/qemu/picture.ts";
import type { SettingsFiles } from "#mediabuilder/config/settings.ts";
import { projectRoot } from "#mediabuilder/recipe.ts";
import { buildSplash, SPLASH_FILES } from "#mediabuilder/splash/build-splash.ts";
import { splashSvg } from "#mediabuilder/splash/splash-svg.ts";
import type { Stage } from "#mediabuilder/stage.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { trixieBusybox } from "#test/fixtures/trixie-busybox.ts";

/** The splash as it is built, and as the initramfs draws it: its script and its busybox, in a root where a file stands for the screen. */
let folder = "";
const part = (...path: string[]) => join(folder, ...path);
const root = (...path: string[]) => part("root", ...path);
const PICTURES = "run/lifeboat/splash";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-splash-"));
  for (const path of ["bin", "lib", "dev", "sys/class/graphics/fb0", "run/lifeboat"])
    await mkdir(root(path), { recursive: true });
  await copyFile(await trixieBusybox(), root("bin/busybox"));
  await runTool("chroot", [root(), "/bin/busybox", "--install", "-s", "/bin"]);
  await copyFile(join(projectRoot, "rescue/init/splash"), root("lib/splash"));
  await runTool("truncate", ["-s", "40M", root("dev/zero")]);
  // In place of the kiosk's packages.
  await mkdir(part("kiosk/root/usr/share"), { recursive: true });
  await symlink("/usr/share/fonts/truetype/dejavu", part("kiosk/root/usr/share/fonts"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function build(work: string, branding: unknown = {}, files: SettingsFiles["files"] = {}): Promise<Stage> {
  const kiosk = { name: "layer-kiosk", path: part("kiosk"), hash: "kiosk", reused: true, seconds: 0 };
  await mkdir(part(work), { recursive: true });
  return await buildSplash(part(work), kiosk, { settings: MediumSettings.parse({ branding }), files }, () => {});
}

/** A screen of that many pixels, on which something else is; a frame buffer may have longer lines than it shows. */
async function screen(width: number, height: number, { stride = width * 4, bits = 32 } = {}): Promise<void> {
  const files = { virtual_size: `${width},${height}`, stride, bits_per_pixel: bits };
  for (const [name, value] of Object.entries(files))
    await writeFile(root("sys/class/graphics/fb0", name), `${value}\n`);
  await writeFile(root("dev/fb0"), "text");
}

async function splash(what: "show" | "end"): Promise<void> {
  await runTool("chroot", [root(), "/lib/splash", what], { accept: [0, 1] });
}

const pixel = (bytes: Buffer, stride: number, x: number, y: number): number[] => [
  ...bytes.subarray(y * stride + x * 4, y * stride + x * 4 + 3).reverse(),
];
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe("drawn on a screen", () => {
  beforeEach(async () => {
    const stage = await build("work");
    await rm(root(PICTURES), { recursive: true, force: true });
    await mkdir(root(PICTURES));
    for (const name of SPLASH_FILES) await copyFile(join(stage.path, name), root(PICTURES, name));
  });

  /** What rsvg-convert makes of the drawing. */
  async function drawing(scale: number): Promise<Picture> {
    const svg = splashSvg(await readFile(join(projectRoot, "ui/splash.svg"), "utf8"), {
      name: "Lifeboat",
      colours: {},
    });
    await writeFile(part("drawing.svg"), svg);
    await runTool("rsvg-convert", ["--zoom", String(scale), "--output", part("drawing.png"), part("drawing.svg")]);
    return decodePng(await readFile(part("drawing.png")));
  }

  test.each([
    [640, 480, 640 * 4, 1],
    [800, 600, 800 * 4, 1],
    [1024, 768, 4096 + 64, 1],
    [1366, 768, 1408 * 4, 1],
    [1080, 1920, 1088 * 4, 1],
    [3840, 2160, 3840 * 4, 2],
  ])("of %i by %i it is in the middle, with its background up to every edge", async (width, height, stride, scale) => {
    await screen(width, height, { stride });
    await splash("show");
    const shown = await readFile(root("dev/fb0"));
    expect(shown.length).toBe(stride * height);
    for (const [x, y] of [
      [0, 0],
      [stride / 4 - 1, 0],
      [0, height - 1],
      [width - 1, height - 1],
    ] as const)
      expect(pixel(shown, stride, x, y)).toEqual([0x0f, 0x2d, 0x45]);
    const { width: across, height: down, rgb } = await drawing(scale);
    const [left, top] = [Math.floor((width - across) / 2), Math.floor((height - down) / 2)];
    let most = 0;
    for (let y = 0; y < down; y++)
      for (let x = 0; x < across * 3; x++) {
        const there = shown[(top + y) * stride + (left + Math.floor(x / 3)) * 4 + 2 - (x % 3)] ?? 0;
        most = Math.max(most, Math.abs(there - (rgb[y * across * 3 + x] ?? 0)));
      }
    expect(most).toBeLessThanOrEqual(1);
  });

  test("a screen of 16 bits a pixel, or a small one, stays as it is, and so does what is told on it later", async () => {
    for (const [width, height, bits] of [
      [800, 600, 16],
      [320, 200, 32],
    ] as const) {
      await screen(width, height, { bits });
      await splash("show");
      expect(await readFile(root("dev/fb0"), "utf8")).toBe("text");
    }
    await splash("end");
    expect(await readFile(root("dev/fb0"), "utf8")).toBe("text");
  });

  test("without a frame buffer it waits for one", async () => {
    await screen(800, 600);
    await rm(root("sys/class/graphics/fb0/stride"));
    await splash("show");
    expect(await readFile(root("dev/fb0"), "utf8")).toBe("text");
    expect(await exists(root(PICTURES, "1.gz"))).toBe(true);
  });

  test("its end leaves a black screen for text, and nothing that could be drawn again", async () => {
    await screen(800, 600);
    await splash("show");
    await splash("end");
    expect((await readFile(root("dev/fb0"))).every((byte) => byte === 0)).toBe(true);
    expect((await readFile(root("dev/fb0"))).length).toBe(800 * 600 * 4);
    expect(await exists(root(PICTURES))).toBe(false);
    await screen(800, 600);
    for (const what of ["show", "end"] as const) await splash(what);
    expect(await readFile(root("dev/fb0"), "utf8")).toBe("text");
  });
});

describe("built", () => {
  test("twice, in two places, it is the same bytes, and small", async () => {
    const stages = [await build("first"), await build("second")] as const;
    let bytes = 0;
    for (const name of SPLASH_FILES) {
      const [first, second] = await Promise.all(stages.map(({ path }) => readFile(join(path, name))));
      expect(second).toEqual(first);
      bytes += first?.length ?? 0;
    }
    console.log(`the splash has ${bytes} bytes`);
    expect(bytes).toBeLessThan(200_000);
    expect((await runTool("ls", [stages[0].path])).stdout.trim().split("\n")).toEqual([...SPLASH_FILES]);
  });

  const RED = { width: 4, height: 4, rgb: Uint8Array.from({ length: 48 }, (_, at) => (at % 3 === 0 ? 250 : 3)) };
  const SVG =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#fa0303"/></svg>';

  test.each([
    ["logo.png", Buffer.from(encodePng(RED))],
    ["logo.svg", Buffer.from(SVG)],
  ])("%s stands in the mark's place, on the medium's own background", async (logo, content) => {
    const colours = { background: "#eeeeee" };
    const stage = await build(`branded-${logo}`, { name: "Ж & <IT>", logo, colours }, { [logo]: content });
    await rm(root(PICTURES), { recursive: true, force: true });
    await mkdir(root(PICTURES));
    for (const name of SPLASH_FILES) await copyFile(join(stage.path, name), root(PICTURES, name));
    await screen(800, 600);
    await splash("show");
    const shown = await readFile(root("dev/fb0"));
    expect(pixel(shown, 3200, 0, 0)).toEqual([0xee, 0xee, 0xee]);
    expect(pixel(shown, 3200, 400, 176 + 93)).toEqual([250, 3, 3]);
  });

  test("what is no drawing is refused", async () => {
    const files = { "logo.svg": Buffer.from("<svg>") };
    await expect(build("broken", { logo: "logo.svg" }, files)).rejects.toMatchObject({ code: "TOOL_FAILED" });
  });
});
