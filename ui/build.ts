// biome-ignore-start lint/style/noRestrictedImports: this file builds the page and is no part of it
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
// biome-ignore-end lint/style/noRestrictedImports: as above
import { build } from "esbuild";

const here = import.meta.dirname;

/** Whose pages: of the rescue system's screen, or of the console of `lifeboat serve`. The same parts and the same look. */
const ENTRIES = {
  kiosk: { script: "main.tsx", style: "styles/app.css" },
  console: { script: "console/main.tsx", style: "styles/console.css" },
} as const;

/**
 * Writes index.html, favicon.svg, app.js and app.css, and two scripts for each language but English, fetched when it is chosen:
 * everything the server of these pages has to serve, and no more.
 */
export async function buildUi(outDir: string, of: keyof typeof ENTRIES = "kiosk"): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await build({
    entryPoints: { app: join(here, ENTRIES[of].script) },
    outdir: outDir,
    bundle: true,
    minify: true,
    // Modules are UTF-8 in any case: a letter of Cyrillic is two bytes, and six as an escape.
    charset: "utf8",
    format: "esm",
    splitting: true,
    chunkNames: "[name]-[hash]",
    target: "chrome120",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "error",
  });
  await build({
    entryPoints: { app: join(here, ENTRIES[of].style) },
    outdir: outDir,
    bundle: true,
    minify: true,
    target: "chrome120",
    logLevel: "error",
  });
  await copyFile(join(here, "favicon.svg"), join(outDir, "favicon.svg"));
  await writeFile(join(outDir, "index.html"), await indexPage());
}

/** With the splash in it: the boot splash is made from the same drawing (mediabuilder/splash). */
async function indexPage(): Promise<string> {
  const [page, splash] = await Promise.all(
    ["index.html", "splash.svg"].map((file) => readFile(join(here, file), "utf8")),
  );
  return (page ?? "").replace("<!-- splash.svg -->", () => splash ?? "");
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await buildUi(join(here, "dist"));
  await buildUi(join(here, "dist-console"), "console");
}
