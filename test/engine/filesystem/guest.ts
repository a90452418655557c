import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type CpioEntry, DATA, FOLDER, PROGRAM, writeCpio } from "#mediabuilder/linux/cpio.ts";
import { emptyImage, scratch } from "#test/engine/filesystem/volume-image.ts";
import { debianDisk } from "#test/fixtures/debian-disk.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MODULES = [
  "virtio_blk",
  "nls_cp437",
  "nls_ascii",
  "nls_utf8",
  "crc32_generic",
  "quota_v2",
  "vfat",
  "exfat",
  "f2fs",
];
const REPORT_BYTES = 4 << 20;

interface Kernel {
  readonly image: Buffer;
  readonly modules: readonly { readonly name: string; readonly content: Uint8Array }[];
}

let kernel: Promise<Kernel> | undefined;

/**
 * Runs a shell script under Debian's kernel, which has the file systems that the kernel of a test machine may lack.
 * The disks are files, /dev/vda first; `age` and `hashes` of guest-age.sh are there.
 * @returns what the script wrote to its standard output. @throws when it did not come to its end in time.
 */
export async function inGuest(script: string, disks: readonly string[], seconds = 900): Promise<string> {
  kernel ??= debianKernel();
  const { image, modules } = await kernel;
  using folder = scratch();
  const at = (name: string) => join(folder.path, name);
  const report = emptyImage(at("report"), REPORT_BYTES);
  await writeFile(at("kernel"), image);
  await writeFile(at("initramfs"), await initramfs(modules, script, `/dev/vd${"abcdefgh"[disks.length]}`));
  const drives = [...disks, report].flatMap((file) => [
    "-drive",
    `file=${file},if=virtio,format=raw,cache=unsafe,discard=unmap`,
  ]);
  const qemu = ["qemu-system-x86_64", "-accel", "tcg,thread=multi", "-m", "512", "-smp", "1", "-no-reboot"];
  const boot = ["-kernel", at("kernel"), "-initrd", at("initramfs"), "-append", "console=ttyS0 quiet panic=-1"];
  const quiet = ["-display", "none", "-serial", "stdio", "-monitor", "none", "-nic", "none"];
  const { stdout } = await runTool("timeout", [`${seconds}`, ...qemu, ...boot, ...quiet, ...drives]);
  const text = (await readFile(report, "utf8")).replace(/\0+$/, "");
  if (!text.endsWith("END\n")) throw new Error(`the guest did not end:\n${text.slice(-1000)}\n${stdout.slice(-2000)}`);
  return text.slice(0, -"END\n".length);
}

async function initramfs(modules: Kernel["modules"], script: string, report: string): Promise<Buffer> {
  const init = `#!/busybox sh
/busybox mkdir -p /bin /proc /dev /mnt
/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t devtmpfs dev /dev
${modules.map(({ name }) => `insmod /${name}.ko`).join("\n")}
until [ -b ${report} ]; do sleep 0.1; done
. /age.sh
run() {
${script}
}
(set -e; run; echo END) > /report
dd if=/report of=${report} bs=64k conv=fsync 2>/dev/null
echo o > /proc/sysrq-trigger
sleep 100
`;
  const file = (path: string, mode: number, content: Uint8Array): CpioEntry => ({ path, mode, content });
  return writeCpio([
    { path: "dev", mode: FOLDER },
    file("age.sh", DATA, await readFile(join(import.meta.dirname, "guest-age.sh"))),
    file("busybox", PROGRAM, await readFile("/usr/bin/busybox")),
    file("init", PROGRAM, Buffer.from(init)),
    ...modules.map(({ name, content }) => file(`${name}.ko`, DATA, content)),
  ]);
}

/** The kernel of the fixture disk, with the modules in the order in which they can be loaded. */
async function debianKernel(): Promise<Kernel> {
  const { disk, partitions } = await debianDisk();
  await using root = await mountRange(disk, "ext4", await findPartition(disk, partitions.root), { readOnly: true });
  const [version = ""] = await readdir(join(root.path, "usr/lib/modules"));
  const folder = join(root.path, "usr/lib/modules", version);
  const lines = (await readFile(join(folder, "modules.dep"), "utf8")).trimEnd().split("\n");
  const dependencies = new Map(lines.map((line) => [line.split(":")[0] ?? "", (line.split(": ")[1] ?? "").split(" ")]));
  const wanted = MODULES.flatMap((name) => {
    const path = [...dependencies.keys()].find((key) => key.includes(`/${name}.ko`));
    // What is not a module is a part of the kernel.
    return path ? [...(dependencies.get(path) ?? []).toReversed(), path] : [];
  });
  const paths = [...new Set(wanted)].filter((path) => path !== "");
  return {
    image: await readFile(join(root.path, "boot", `vmlinuz-${version}`)),
    modules: paths.map((path) => ({
      name: path.slice(dirname(path).length + 1).replace(/\.ko.*/, ""),
      content: unpacked(join(folder, path)),
    })),
  };
}

const unpacked = (path: string): Uint8Array =>
  execFileSync(path.endsWith(".xz") ? "xz" : "cat", path.endsWith(".xz") ? ["-dc", path] : [path], {
    maxBuffer: 1 << 26,
  });
