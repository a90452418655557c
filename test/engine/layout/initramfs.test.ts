import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { patchInitramfs } from "#imaging/identity/initramfs/patch-initramfs.ts";
import { newNames } from "#imaging/identity/new-names.ts";
import { hashTree, run } from "#test/engine/filesystem/volume-image.ts";
import { noise, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";

const [OLD, NEW, LAST] = ["1", "2", "3"].map((digit) => `${digit.repeat(8)}-1111-8111-8111-111111111111`) as [
  string,
  string,
  string,
];
const { signal } = new AbortController();

let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

const renaming = (from: string, to: string, group = "vg0", toGroup = "vg0_1234") =>
  newNames({
    references: [{ from, to }],
    groups: [{ number: 1, from: group, to: toGroup, ids: [], volumes: ["root", "swap"] }],
  });

/** What the system was told of its disk, and files that no name is looked for in. */
const files = (id: string, group: string): Record<string, string> => ({
  "cryptroot/crypttab": `vault UUID=${id} none luks\n`,
  "conf/conf.d/resume": `RESUME=/dev/mapper/${group}-swap\n`,
  "etc/fstab": "",
  "etc/cmdline.d/90crypt.conf": `rd.luks.uuid=luks-${id}\n`,
  "usr/lib/modules/6.1/kernel/a.ko": `UUID=${OLD}`,
  "etc/large": `${"x".repeat(70_000)} ${OLD}`,
});

function folderOf(name: string, content: Readonly<Record<string, string>>): string {
  const folder = space.path(name);
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const cpio = (folder: string): Buffer =>
  execFileSync("sh", ["-c", "find . -mindepth 1 | sort | cpio -o -H newc --quiet"], {
    cwd: folder,
    maxBuffer: 1 << 28,
  });

/** As a kernel finds it: microcode as it is, zeros, and the rest compressed. */
function initramfs(
  name: string,
  compress: readonly [string, ...string[]] | undefined,
): { path: string; early: number } {
  const early = cpio(
    folderOf(`${name}.early`, { "kernel/x86/microcode/GenuineIntel.bin": noise(9000, 3).toString("latin1") }),
  );
  const main = cpio(folderOf(`${name}.main`, files(OLD, "vg0")));
  const padded = Buffer.concat([early, Buffer.alloc(1024 - (early.length % 512))]);
  const [tool, ...args] = compress ?? ["cat"];
  const path = space.path(name);
  writeFileSync(path, Buffer.concat([padded, execFileSync(tool as string, args, { input: main, maxBuffer: 1 << 28 })]));
  return { path, early: padded.length };
}

/** All parts unpacked one over the other by cpio itself; the last one is what was put behind `size` bytes. */
function unpacked(path: string, early: number, size: number, expand: string): Record<string, string> {
  const folder = `${path}.unpacked`;
  run("rm", "-rf", folder);
  mkdirSync(folder);
  const all = readFileSync(path);
  const main = execFileSync("sh", ["-c", `${expand} || true`], {
    input: all.subarray(early, size),
    maxBuffer: 1 << 28,
  });
  const added = all.subarray(Math.ceil(size / 4) * 4);
  for (const part of [main, added])
    if (part.length > 0) execFileSync("cpio", ["-idu", "--quiet", "-H", "newc"], { cwd: folder, input: part });
  return hashTree(folder);
}

const hashesOf = (name: string, content: Readonly<Record<string, string>>): Record<string, string> =>
  hashTree(folderOf(name, { ...content, "lifeboat-names": "" }));

test.each([
  ["zstd", ["zstd", "-q", "-c"], "zstd -dc"],
  ["gzip", ["gzip", "-c"], "gzip -dc"],
  ["xz", ["xz", "-c", "--check=crc32"], "xz -dc"],
  ["bzip2", ["bzip2", "-c"], "bzip2 -dc"],
  ["nothing", undefined, "cat"],
] as const)(
  "of one compressed by %s the files that have old names follow it, also in a copy of a copy",
  async (name, compress, expand) => {
    const { path, early } = initramfs(name, compress);
    const { size } = statSync(path);
    const before = readFileSync(path);
    expect(await patchInitramfs(path, renaming(OLD, NEW), space.path("scratch"), signal)).toBe(true);
    expect(readFileSync(path).subarray(0, size).equals(before)).toBe(true);
    expect(unpacked(path, early, size, expand)).toEqual(hashesOf(`${name}.first`, files(NEW, "vg0_1234")));
    const once = statSync(path).size;

    // Only the UUID changes now: what was written of the group stays.
    expect(await patchInitramfs(path, renaming(NEW, LAST, "other"), space.path("scratch"), signal)).toBe(true);
    expect(unpacked(path, early, size, expand)).toEqual(hashesOf(`${name}.second`, files(LAST, "vg0_1234")));
    expect(statSync(path).size).toBe(once);
    expect(await patchInitramfs(path, renaming(NEW, OLD, "other"), space.path("scratch"), signal)).toBe(false);
  },
);

test("what cannot be looked into is left as it is, and said", async () => {
  const reasons: string[] = [];
  const damaged = initramfs("damaged", ["zstd", "-q", "-c"]);
  const bytes = readFileSync(damaged.path);
  writeFileSync(damaged.path, bytes.subarray(0, bytes.length - 2000));
  writeFileSync(space.path("text"), "initrd\n");
  for (const path of [initramfs("lz4", ["lz4", "-q", "-l", "-c"]).path, damaged.path, space.path("text")]) {
    const before = readFileSync(path);
    const done = await patchInitramfs(path, renaming(OLD, NEW), space.path("scratch"), signal);
    reasons.push(typeof done === "object" ? done.unread : String(done));
    expect(readFileSync(path).equals(before)).toBe(true);
  }
  expect(reasons).toEqual([
    "it is compressed in a way behind which the kernel takes nothing, or that is not known",
    expect.stringMatching(/^an archive in it is damaged, or has no end, at byte \d+/),
    "it is compressed in a way behind which the kernel takes nothing, or that is not known",
  ]);
});
