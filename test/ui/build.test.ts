import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { builtUi } from "#test/ui/browser.ts";

/** Bytes gz: of what is there at the first paint, and of a language that is fetched when it is chosen. */
const MOST_JS_GZ = 100_000;
/** xterm: fetched with its page. */
const MOST_TERMINAL_GZ = 120_000;
/** With the engine's own sentences. A Russian letter takes two bytes, and six in a script that is ASCII. */
const MOST_LANGUAGE_GZ = 40_000;

it.each(["kiosk", "console"] as const)(
  "%s: small, without a schema library, and nothing that a strict content policy forbids",
  async (of) => {
    const folder = await builtUi(`build-${of}`, of);
    const files = await readdir(folder);
    const read = (name: string) => readFile(join(folder, name), "utf8");
    const fetched = files.filter((name) => /-[A-Z0-9]+\.js$/.test(name));
    const first = files.filter((name) => !fetched.includes(name));
    expect(first.toSorted()).toEqual(["app.css", "app.js", "favicon.svg", "index.html"]);
    const html = await read("index.html");
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|style=|\bon\w+=/);

    // esbuild puts what app.js shares with a language into a chunk that app.js imports at once.
    const script = await read("app.js");
    const atOnce = ["app.js", ...fetched.filter((name) => new RegExp(`from"\\./${name}"`).test(script))];
    const scripts = (await Promise.all(atOnce.map(read))).join("");
    const size = gzipSync(scripts).length;
    console.log(`${of}: ${atOnce.join(", ")}: ${size} bytes gz`);
    expect(size).toBeLessThan(MOST_JS_GZ);
    for (const text of await Promise.all(files.filter((name) => name.endsWith(".js")).map(read)))
      expect(text).not.toMatch(/ZodError|new Function|\beval\(/);

    const later = fetched.filter((name) => !atOnce.includes(name));
    expect(later.length).toBeGreaterThanOrEqual(13); // six languages in two scripts each, and the one for tests
    for (const name of later) {
      const most = name.startsWith("open-terminal-") ? MOST_TERMINAL_GZ : MOST_LANGUAGE_GZ;
      expect(gzipSync(await read(name)).length, name).toBeLessThan(most);
    }
  },
);
