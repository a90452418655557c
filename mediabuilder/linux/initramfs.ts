import { copyFile, cp, glob, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import { projectRoot, readList } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import type { Log } from "../tool.ts";
import { type CpioEntry, DATA, FOLDER, LINK, PROGRAM, writeCpio } from "./cpio.ts";
import { runRootTool } from "./root-tool.ts";
import { kernelVersion, parseModulesDep, unpackModules, withDependencies } from "./trim.ts";

/** A file of the checkout -> its place in the initramfs. */
const SCRIPTS: Readonly<Record<string, string>> = {
  "rescue/init/initramfs": "init",
  "rescue/init/initramfs-memory": "lib/memory",
  "rescue/init/initramfs-layers": "lib/layers",
  "rescue/init/initramfs-medium": "lib/medium",
  "rescue/init/initramfs-network": "lib/network",
  "rescue/init/dhcp-lease": "lib/dhcp-lease",
  "rescue/init/splash": "lib/splash",
};

/**
 * `<stage>/vmlinuz` (Debian's signed kernel) and `<stage>/initrd.img`: static busybox, our init, the modules to reach a medium or a
 * server, and of the firmware layer what network cards among them need.
 */
export async function buildInitramfs(
  workDir: string,
  base: Stage,
  firmware: Stage | undefined,
  log: Log,
): Promise<Stage> {
  const scripts = await scriptEntries();
  const selection = await readList("initramfs-modules.txt");
  return buildStage(
    workDir,
    {
      name: "initramfs",
      inputs: [
        "initramfs 2",
        base.hash,
        firmware?.hash ?? "",
        ...scripts.flatMap(({ path, content }) => [path, content]),
        ...selection,
      ],
      build: async (folder) => {
        const root = join(base.path, "root");
        const version = await kernelVersion(root);
        const entries = [
          ...["bin", "dev", "etc", "lib", "newroot", "proc", "run", "sys"].map((path) => ({ path, mode: FOLDER })),
          { path: "bin/busybox", mode: PROGRAM, content: await readFile(join(root, "usr/bin/busybox")) },
          { path: "bin/sh", mode: LINK, content: Buffer.from("busybox") },
          ...scripts,
          ...(await moduleEntries(root, version, selection, firmware && join(firmware.path, "root/usr/lib/firmware"))),
        ];
        const archive = writeCpio(entries);
        await writeFile(join(folder, "initrd.img"), await compress(archive));
        await copyFile(join(root, "boot", `vmlinuz-${version}`), join(folder, "vmlinuz"));
      },
    },
    log,
  );
}

const scriptEntries = (): Promise<(CpioEntry & { content: Buffer })[]> =>
  Promise.all(
    Object.entries(SCRIPTS).map(async ([from, path]) => {
      const content = await readFile(join(projectRoot, from));
      return { path, mode: PROGRAM, content };
    }),
  );

const compress = (archive: Buffer): Promise<Buffer> =>
  promisify(zstdCompress)(archive, {
    params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_checksumFlag]: 1 },
    pledgedSrcSize: archive.length,
  });

/** The modules that the list selects, in order: a later line can take back what an earlier one selected. */
export function selectModules(available: readonly string[], selection: readonly string[]): string[] {
  const selected = new Set<string>();
  for (const line of selection) {
    const name = `kernel/${line.replace(/^!/, "")}`;
    const matches = available.filter((module) => module === name || module.startsWith(`${name}/`));
    for (const module of matches) {
      if (line.startsWith("!")) selected.delete(module);
      else selected.add(module);
    }
  }
  return [...selected];
}

/** A small lib/modules of its own with an index by depmod, so that modprobe finds a module by the alias of a device. */
async function moduleEntries(
  root: string,
  version: string,
  selection: readonly string[],
  firmware: string | undefined,
): Promise<CpioEntry[]> {
  const from = join(root, "usr/lib/modules", version);
  const dependencies = parseModulesDep(await readFile(join(from, "modules.dep"), "utf8"));
  const wanted = withDependencies(selectModules([...dependencies.keys()], selection), dependencies);
  const scratch = await mkdtemp(join(tmpdir(), "lifeboat-initramfs-"));
  try {
    const to = join(scratch, "lib/modules", version);
    await mkdir(to, { recursive: true });
    for (const name of ["modules.builtin", "modules.builtin.modinfo", "modules.order"])
      await copyFile(join(from, name), join(to, name));
    for (const module of wanted) {
      await mkdir(join(to, dirname(module)), { recursive: true });
      await cp(join(from, `${module}.xz`), join(to, `${module}.xz`));
    }
    await unpackModules(to);
    await runRootTool(root, "usr/sbin/depmod", ["-b", scratch, version], "index the modules of the initramfs");
    if (firmware !== undefined) await copyFirmware(to, firmware, join(scratch, "lib/firmware"));
    return (await treeEntries(scratch)).filter(({ path }) => path !== "lib");
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The names that a module asks for: null-terminated "firmware=NAME" in its section .modinfo (linux: include/linux/module.h). */
export const declaredFirmware = (module: Uint8Array): string[] =>
  [
    ...Buffer.from(module)
      .toString("latin1")
      .matchAll(/\0firmware=([^\0]+)/g),
  ].map(([, name = ""]) => name);

/** Of wired network cards: nothing else is needed before there are layers. What a package leaves out, its card does without. */
async function copyFirmware(modules: string, from: string, to: string): Promise<void> {
  for await (const path of glob("kernel/drivers/net/{ethernet,usb}/**/*.ko", { cwd: modules }))
    for (const name of declaredFirmware(await readFile(join(modules, path)))) {
      const content = await readFile(join(from, name)).catch(() => undefined);
      if (content === undefined) continue;
      await mkdir(dirname(join(to, name)), { recursive: true });
      await writeFile(join(to, name), content);
    }
}

async function treeEntries(folder: string): Promise<CpioEntry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.map(async (entry): Promise<CpioEntry> => {
    const full = join(entry.parentPath, entry.name);
    const path = full.slice(folder.length + 1);
    return entry.isFile() ? { path, mode: DATA, content: await readFile(full) } : { path, mode: FOLDER };
  });
  return Promise.all(found);
}
