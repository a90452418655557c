import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { maskBytes } from "./disk/copy-tree.ts";
import { parseZstdSpeeds } from "./limits.ts";
import { readOptions } from "./options.ts";
import { drawPlot, plotPanels } from "./plot.ts";
import { sampleResult } from "./sample-result.ts";
import { keepTable, markdownTable, writeTable } from "./table.ts";

test("the table escapes the pipes of names and sets numbers to the right", () => {
  const table = markdownTable(
    ["a", "b", "c"],
    [
      ["dd | zstd", "1.50", "x"],
      ["z", "", "2.00 GB"],
    ],
  );
  expect(table).toBe("| a | b | c |\n|---|---:|---|\n| dd \\| zstd | 1.50 | x |\n| z |  | 2.00 GB |");
});

test("the report has goals, sides, ratios and limits", () => {
  const table = writeTable(sampleResult());
  expect(table).toContain("| whole disk: restore, wall of dd \\| zstd | 1.20 | 1.00 | NO |");
  expect(table).toContain("| verify, partclone \\| zstd | 20.00 | 20.00 | 100 | 50 |  | 0.13 | 0.20 | 1.00 |");
  expect(table).toContain(
    "- verify, quick, against partclone | zstd's verification, which expands: wall 0.05, CPU 0.05",
  );
  expect(table).toContain("| zstd -3 (capture) | 600 | 10.00 | 1.20 |");
  expect(table).toContain("holds a checksum of each piece is fsarchiver: ours takes 0.70");
  expect(table).toContain("holds any checksum at all is dd | zstd: ours takes 0.70");
  expect(table).not.toContain("NaN");
});

test("the kept table replaces what stood between the markers", () => {
  const page = "# Page\n<!-- bench -->\nold\n<!-- end -->\nrest\n";
  expect(keepTable(page, "new")).toBe("# Page\n<!-- bench -->\nnew\n<!-- end -->\nrest\n");
  expect(() => keepTable("# Page", "new")).toThrow("has no <!-- bench -->");
});

test("the plot shows each peer once, with its goal", () => {
  const panels = plotPanels(sampleResult());
  expect(panels.map(({ title, bars }) => [title, bars.length])).toEqual([
    ["Capture: CPU time", 4],
    ["Capture: wall time", 4],
    ["Restore: wall time", 3],
    ["Verify: wall time", 1],
    ["Verify, quick: wall time", 1],
    ["Wall time / limit", 3],
  ]);
  expect(panels[0]?.bars[3]).toEqual({ label: "fsarchiver, ext4 alone", ratio: 0.7, goal: 0.6 });
  expect(panels[2]?.bars.map(({ goal }) => goal)).toEqual([0.35, 1, undefined]);
});

test("the plot is well-formed, and no bar leaves it", () => {
  const svg = drawPlot(sampleResult());
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-plot-"));
  writeFileSync(join(folder, "plot.svg"), svg);
  const parse = ["-c", "import sys, xml.dom.minidom as m; m.parse(sys.argv[1])", join(folder, "plot.svg")];
  expect(() => execFileSync("python3", parse)).not.toThrow();
  rmSync(folder, { recursive: true });
  const widths = [...svg.matchAll(/<rect class="(?:met|missed|plain)" x="(\d+)" .*? width="([\d.]+)"/g)];
  expect(widths.length).toBe(16);
  for (const [, x, width] of widths) expect(Number(x) + Number(width)).toBeLessThanOrEqual(730);
  expect(svg).not.toMatch(/NaN|undefined/);
});

test("zstd's own benchmark is understood in both of its forms", () => {
  const quiet =
    "bench 1.5.4 : input 2 bytes, 1 seconds, 1024 KB blocks\n-3   2843188 (7.034) 296.47 MB/s 1348.9 MB/s  x\n";
  const loud = "-x : 20 ->\r-x : 2 (x7.0), 371.0 MB/s \r/-x : 2 (x7.0), 424.2 MB/s, 1310.1 MB/s \r";
  expect(parseZstdSpeeds(quiet)).toEqual([296.47e6, 1348.9e6]);
  expect(parseZstdSpeeds(loud)).toEqual([424.2e6, 1310.1e6]);
  expect(() => parseZstdSpeeds("zstd: cannot open")).toThrow("cannot open");
});

test("options are checked, and default to everything", () => {
  const { rounds, subjects, peers, cache, keep } = readOptions([]);
  expect([rounds, subjects, peers.length, cache, keep]).toEqual([3, ["whole", "ext4", "ntfs"], 6, "warm", false]);
  expect(readOptions(["--peers", "dd,borg"]).peers.map(({ name }) => name)).toEqual(["dd | zstd", "borg"]);
  expect(() => readOptions(["--rounds", "0"])).toThrow("usage");
  expect(() => readOptions(["--peers", "tar"])).toThrow("no peer is called tar");
  expect(() => readOptions(["--cache", "hot"])).toThrow("hot is none of warm, cold");
});

test("a mask changes every byte and is its own reverse", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  const masked = maskBytes(Uint8Array.from(bytes), 0x22);
  expect(masked.every((byte, at) => byte !== bytes[at])).toBe(true);
  expect(new Set(masked).size).toBe(256);
  expect(maskBytes(masked, 0x22)).toEqual(bytes);
});
