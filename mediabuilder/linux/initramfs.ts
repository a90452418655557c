import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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

const INIT = join(projectRoot, "rescue/init/initramfs");

/** `<stage>/vmlinuz` (Debian's signed kernel) and `<stage>/initrd.img`: static busybox, our init, the modules to reach a medium. */
export async function buildInitramfs(workDir: string, base: Stage, log: Log): Promise<Stage> {
  const init = await readFile(INIT);
  const selection = await readList("initramfs-modules.txt");
  return buildStage(
    workDir,
    {
      name: "initramfs",
      inputs: ["initramfs 1", base.hash, init, ...selection],
      build: async (folder) => {
        const root = join(base.path, "root");
        const version = await kernelVersion(root);
        const entries = [
          ...["bin", "dev", "etc", "newroot", "proc", "run", "sys"].map((path) => ({ path, mode: FOLDER })),
          { path: "bin/busybox", mode: PROGRAM, content: await readFile(join(root, "usr/bin/busybox")) },
          { path: "bin/sh", mode: LINK, content: Buffer.from("busybox") },
          { path: "init", mode: PROGRAM, content: init },
          ...(await moduleEntries(root, version, selection)),
        ];
        const archive = writeCpio(entries);
        await writeFile(join(folder, "initrd.img"), await compress(archive));
        await copyFile(join(root, "boot", `vmlinuz-${version}`), join(folder, "vmlinuz"));
      },
    },
    log,
  );
}

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
async function moduleEntries(root: string, version: string, selection: readonly string[]): Promise<CpioEntry[]> {
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
    return await treeEntries(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
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
