import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { emptyImage, run } from "#test/engine/filesystem/volume-image.ts";
import { blankDisk } from "#test/engine/image/workspace.ts";
import { copyRange, VolumeGroup } from "#test/engine/volume/volume-group.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;

/** How a system in LVM, or in LUKS, calls its parts: by LVM's, blkid's and cryptsetup's own words. */
export interface Names {
  readonly boot: string;
  readonly luks: string;
  readonly root: string;
  readonly swap: string;
  readonly group: string;
  readonly groupId: string;
  readonly pvId: string;
  readonly rootId: string;
}

/** Files of the root, and what is in them for these names; `${name}` may be a name with a dash, which device mapper doubles. */
export function rootFiles(n: Names): Readonly<Record<string, string>> {
  const mapped = n.group.replaceAll("-", "--");
  const line = `root=/dev/mapper/${mapped}-root rd.luks.uuid=luks-${n.luks} rd.luks.name=${n.luks}=vault cryptdevice=UUID=${n.luks}:vault rd.lvm.lv=${n.group}/root rd.lvm.vg=${n.group} resume=/dev/${n.group}/swap`;
  return {
    "etc/fstab": `/dev/mapper/${mapped}-root / ext4 defaults 0 1\nUUID=${n.boot} /boot ext4 defaults 0 2\nUUID=${n.root} /again ext4 noauto 0 0\n/dev/${n.group}/swap none swap sw 0 0\nUUID=${n.swap} none swap noauto 0 0\n/dev/${n.group}/swap2 /other ext4 noauto 0 0\n`,
    "etc/crypttab": `vault UUID=${n.luks} none luks,discard\nluks-${n.luks} UUID="${n.luks}" none\n`,
    "etc/default/grub": `GRUB_CMDLINE_LINUX="${line}"\n`,
    "etc/initramfs-tools/conf.d/resume": `RESUME=/dev/mapper/${mapped}-swap\n`,
    "etc/kernel/cmdline": `${line}\n`,
    "etc/lvm/lvm.conf": `activation {\n\tvolume_list = [ "${n.group}", "${n.group}/root" ]\n}\n`,
  };
}

/** As grub-mkconfig writes it: of LUKS without dashes. */
export const grubCfg = (n: Names): string => `cryptomount -u ${n.luks.replaceAll("-", "")}
set root='lvmid/${n.groupId}/${n.rootId}'
search --no-floppy --fs-uuid --set=root --hint='lvmid/${n.groupId}/${n.rootId}' ${n.boot}
set root='lvm/${n.group.replaceAll("-", "--")}-root'
linux /vmlinuz root=UUID=${n.root} rd.luks.uuid=${n.luks} resume=UUID=${n.swap}
`;

/** Left as they are: what LVM wrote down of the past, and what is no place where systems look. */
export const keptFiles = (n: Names): Readonly<Record<string, string>> => ({
  [`etc/lvm/backup/${n.group}`]: `${n.group} { id = "${n.groupId}" }\n`,
  "etc/other": `/dev/${n.group}/root ${n.luks} ${n.root}\n`,
});

export const DEVICES = "etc/lvm/devices/system.devices";
export const devicesFile = ({ pvId }: Names): string =>
  `IDTYPE=sys_wwid IDNAME=naa.5000 PVID=${pvId.replaceAll("-", "")}\n`;

export function fill(volume: string, files: Readonly<Record<string, string>>): void {
  withMount(volume, "rw", (root) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  });
}

/** @returns the files that are there */
export const readBack = (volume: string, paths: readonly string[]): Record<string, string> =>
  withMount(volume, "ro", (root) =>
    Object.fromEntries(
      paths.flatMap((path) => {
        const at = join(root, path);
        return statSync(at, { throwIfNoEntry: false }) ? [[path, readFileSync(at, "utf8")] as const] : [];
      }),
    ),
  );

export const uuidOf = (file: string): string => run("blkid", "-p", "-s", "UUID", "-o", "value", file).trim();

/** A disk of two partitions: /boot, and what holds the system. */
export async function twoPartitions(path: string, boot: string, content: string): Promise<string> {
  const sizes = [boot, content].map((file) => statSync(file).size);
  await blankDisk(
    path,
    sizes.reduce((sum, size) => sum + size, 3 * MIB),
  );
  const table = ["label: gpt", ...sizes.map((size) => `size=${size / MIB}MiB`), ""].join("\n");
  await runTool("sfdisk", ["--quiet", "--no-reread", "--no-tell-kernel", path], { input: table });
  const partitions = await readPartitions(path);
  for (const [i, file] of [boot, content].entries())
    copyRange(file, 0, path, partitions[i]?.offset ?? 0, sizes[i] as number);
  return path;
}

export async function partitionOf(disk: string, number: number, to: string): Promise<string> {
  const found = (await readPartitions(disk)).find((one) => one.number === number);
  if (!found) throw new Error(`${disk} has no partition ${number}`);
  copyRange(disk, found.offset, emptyImage(to, found.size), 0, found.size);
  return to;
}

export interface SeenGroup {
  readonly name: string;
  readonly id: string;
  readonly pvId: string;
  readonly volumes: Readonly<Record<string, { readonly id: string; readonly places: string }>>;
}

/**
 * What LVM's own tools see of physical volumes that are attached at once, and find to be sound; in the order of the files.
 * Of two that bear one UUID they use one, and say so.
 */
export async function groupsOf(folder: string, files: readonly string[]): Promise<SeenGroup[]> {
  await using all = await VolumeGroup.over(folder, files);
  const ask = async (command: string, columns: string) =>
    (await all.lvm(command, "--noheadings", "--separator", "|", "-a", "-o", columns))
      .split("\n")
      .filter((row) => row.trim() !== "")
      .map((row) => row.trim().split("|"));
  const pvs = await ask("pvs", "pv_name,vg_name,vg_uuid,pv_uuid,pv_duplicate");
  const lvs = await ask("lvs", "vg_uuid,lv_name,lv_uuid,seg_start_pe,seg_pe_ranges");
  const seen: SeenGroup[] = [];
  for (const i of files.keys()) {
    const device = all.device(i);
    const [, name = "", id = "", pvId = "", duplicate = "none"] = pvs.find(([path]) => path === device) ?? [];
    if (duplicate !== "") throw new Error(`LVM does not use ${device}: ${pvs.join("; ")}`);
    await all.lvm("pvck", device);
    await all.lvm("vgck", name);
    const volumes = lvs.filter(([group]) => group === id);
    seen.push({
      ...{ name, id, pvId },
      volumes: Object.fromEntries(
        volumes.map(([, lv = "", lvId = "", start = "", ranges = ""]) => [
          lv.replaceAll(/[[\]]/g, ""),
          { id: lvId, places: `${start} ${ranges.replaceAll(device, "")}` },
        ]),
      ),
    });
  }
  return seen;
}
