import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodePng } from "#imaging/prove/qemu/picture.ts";
import { isPng, type SettingsFiles } from "../config/settings.ts";
import { projectRoot } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import { type Log, runTool } from "../tool.ts";
import { screenPicture } from "./screen-picture.ts";
import { escapeXml, MARK_SIZE, splashColours, splashSvg } from "./splash-svg.ts";

/** By how much they are enlarged: the second one is for screens with many pixels. */
const SCALES = [1, 2] as const;
/** What the stage holds, and the initramfs gets. */
export const SPLASH_FILES = SCALES.map((scale) => `${scale}.gz`);
const MARK = join(projectRoot, "ui/splash.svg");

/**
 * `<stage>/1.gz` and `2.gz`: the boot splash with the medium's name, logo and colours, for rescue/init/splash. Letters are those of the
 * kiosk's font, whatever fonts this machine has.
 * @param kiosk the stage with the kiosk's packages
 * @throws TOOL_FAILED for a logo that cannot be drawn
 */
export async function buildSplash(
  workDir: string,
  kiosk: Stage,
  { settings: { branding }, files }: SettingsFiles,
  log: Log,
): Promise<Stage> {
  const mark = await readFile(MARK, "utf8");
  const logo = branding.logo === undefined ? undefined : files[branding.logo];
  return buildStage(
    workDir,
    {
      name: "splash",
      inputs: ["splash 1", kiosk.hash, splashSvg(mark, branding), ...(logo ? [logo] : [])],
      build: async (folder) => {
        const draw = await painter(folder, join(kiosk.path, "root/usr/share/fonts"));
        for (const scale of SCALES) {
          const shown = logo && (isPng(logo) ? logo : await draw(logo, logoSize(scale)));
          const picture = decodePng(await draw(splashSvg(mark, branding, shown), ["--zoom", String(scale)]));
          await writeFile(join(folder, `${scale}.gz`), screenPicture(picture, splashColours(branding)));
        }
        for (const name of SCRATCH) await rm(join(folder, name), { recursive: true, force: true });
      },
    },
    log,
  );
}

const logoSize = (scale: number): string[] => [
  ...["--keep-aspect-ratio", "--width", String(MARK_SIZE.width * scale), "--height", String(MARK_SIZE.height * scale)],
];

const SCRATCH = ["fonts.conf", "fonts", "drawing.svg", "drawing.png"];

/** Draws SVG as PNG, with the fonts of one folder and no others. */
async function painter(scratch: string, fonts: string) {
  const [config, cache, svg, png] = SCRATCH.map((name) => join(scratch, name)) as [string, string, string, string];
  await writeFile(
    config,
    `<fontconfig><dir>${escapeXml(fonts)}</dir><cachedir>${escapeXml(cache)}</cachedir></fontconfig>\n`,
  );
  return async (drawing: string | Uint8Array, options: readonly string[]): Promise<Buffer> => {
    await writeFile(svg, drawing);
    await runTool("rsvg-convert", ["--format", "png", ...options, "--output", png, svg], {
      purpose: "draw the boot splash",
      env: { FONTCONFIG_FILE: config },
    });
    return readFile(png);
  };
}
