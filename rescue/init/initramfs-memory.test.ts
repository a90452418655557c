import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const FUNCTIONS = join(import.meta.dirname, "initramfs-memory");

interface Start {
  readonly layers: string;
  /** Whether the layers come over the network. */
  readonly url?: string;
  /** Kernel parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The functions of /init in the shell that runs them there, on a machine with so much memory free; each layer has 100 MiB. */
function startWith(mebibytes: number, { layers, url = "", parameters = {} }: Start) {
  const folder = mkdtempSync(join(tmpdir(), "memory-"));
  writeFileSync(
    join(folder, "meminfo"),
    `MemTotal: ${(mebibytes + 90) * 1024} kB\nMemAvailable: ${mebibytes * 1024} kB\n`,
  );
  const cases = Object.entries(parameters).map(([name, value]) => `${name}) echo '${value}' ;;`);
  const script = `
    notices=$1/notices; meminfo=$1/meminfo; kmsg=$1/kmsg; layer_names="$3" url="$4"
    say() { echo "said $*"; }
    fail() { say "$*"; echo failed; exit; }
    bytes() { echo 104857600; }
    parameter() { case $1 in ${cases.join(" ")} *) ;; esac; }
    . "$2"
    check_memory
    echo "layers $layer_names"`;
  const output = execFileSync("busybox", ["sh", "-c", script, "sh", folder, FUNCTIONS, layers, url], {
    encoding: "utf8",
  });
  const log = readFileSync(join(folder, "kmsg"), "utf8");
  rmSync(folder, { recursive: true });
  const lines = output.trim().split("\n");
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  return { layers: after("layers")[0], said: after("said"), failed: lines.includes("failed"), log };
}

test("enough memory: everything stays, and nothing is said but in the log", () => {
  const { log, ...rest } = startWith(600, { layers: "base kiosk lifeboat" });
  expect(rest).toEqual({ layers: "base kiosk lifeboat", said: [], failed: false });
  expect(log).toBe("<6>lifeboat: 600 MiB of memory free, (base kiosk lifeboat) needs 600 MiB\n");
});

test("too little for the screen: it is left out, and that is said", () => {
  const { layers, said } = startWith(599, { layers: "base firmware kiosk lifeboat" });
  expect(layers).toBe("base firmware lifeboat");
  expect(said[0]).toBe("This computer has 599 MiB of memory free, and the graphical screen needs 600 MiB.");
});

test("too little for the text menu: it says what is there, what is needed, and what to do, and starts nothing", () => {
  for (const layers of ["base lifeboat", "base kiosk lifeboat"]) {
    const { said, failed } = startWith(111, { layers });
    expect(failed).toBe(true);
    expect(said[0]).toBe("This computer has 111 MiB of memory free (of 201 MiB), and at least 112 MiB are needed.");
    expect(said[1]).toMatch(/^Add memory/);
    expect(said[2]).toContain("lifeboat.memory=any");
  }
});

test("what is copied to memory counts, from the network and with toram", () => {
  const ways = [{ url: "http://192.0.2.1" }, { parameters: { "lifeboat.toram": "yes" } }];
  for (const way of ways) {
    expect(startWith(312, { layers: "base lifeboat", ...way })).toMatchObject({ failed: false, said: [] });
    const { said, failed } = startWith(311, { layers: "base lifeboat", ...way });
    expect(failed).toBe(true);
    expect(said.slice(0, 2)).toEqual([
      "This computer has 311 MiB of memory free (of 401 MiB), and at least 312 MiB are needed.",
      "Start from a stick or a CD, which needs 112 MiB, or add memory.",
    ]);
    // 100 MiB of the screen's layer are saved, too.
    expect(startWith(899, { layers: "base kiosk lifeboat", ...way }).layers).toBe("base lifeboat");
    expect(startWith(900, { layers: "base kiosk lifeboat", ...way }).layers).toBe("base kiosk lifeboat");
  }
});

test("lifeboat.memory=any starts all the same, and says that it may stop", () => {
  const parameters = { "lifeboat.memory": "any" };
  const { layers, said } = startWith(100, { layers: "base kiosk lifeboat", parameters });
  expect(layers).toBe("base kiosk lifeboat");
  expect(said).toEqual([expect.stringContaining("it may stop at any moment")]);
});
