import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const FUNCTIONS = join(import.meta.dirname, "initramfs-memory");

/** The functions of /init in the shell that runs them there, on a machine of so much memory. */
function layersOn(mebibytes: number, layers: string): { layers: string; said: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "memory-"));
  writeFileSync(join(folder, "meminfo"), `MemTotal: ${mebibytes * 1024} kB\nMemFree: 1 kB\n`);
  const script = `
    notices=$1/notices; meminfo=$1/meminfo; layer_names="$3"
    say() { :; }
    . "$2"
    notice() { echo "said $*"; }
    fit_layers
    echo "layers $layer_names"`;
  const output = execFileSync("busybox", ["sh", "-c", script, "sh", folder, FUNCTIONS, layers], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  const lines = output.trim().split("\n");
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  return { layers: after("layers")[0] ?? "", said: after("said") };
}

test("enough memory: everything stays", () =>
  expect(layersOn(960, "base kiosk lifeboat")).toEqual({ layers: "base kiosk lifeboat", said: [] }));

test("too little for the screen: it is left out, and that is said", () => {
  const { layers, said } = layersOn(700, "base firmware kiosk lifeboat");
  expect(layers).toBe("base firmware lifeboat");
  expect(said[0]).toBe("This computer has 700 MiB of memory, and the graphical screen needs 900 MiB.");
});

test("without a screen nothing changes; with hardly any memory that is said", () => {
  expect(layersOn(500, "base lifeboat")).toEqual({ layers: "base lifeboat", said: [] });
  expect(layersOn(200, "base lifeboat").said[0]).toContain("Lifeboat needs 320 MiB");
});
