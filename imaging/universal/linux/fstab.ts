import type { Sentence } from "#base/sentence.ts";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";
import { volumeCalled } from "#imaging/installed/volume-called.ts";
import { deviceName, lastingName, lastingPath } from "#imaging/universal/linux/device-names.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { isMountedAs } from "#imaging/universal/linux/mounted-as.ts";
import { editLines, tableLine, withField } from "#imaging/universal/linux/table-line.ts";
import { say } from "#imaging/words/say.ts";

const FSTAB = "/etc/fstab";
const CONTAINERS = ["crypto_LUKS", "LVM2_member", "linux_raid_member"];

/** Names of devices in fstab(5) become UUIDs: what was /dev/sda2 may be /dev/nvme0n1p2. Options and comments stay. */
export async function planFstab(context: LinuxContext): Promise<void> {
  const { system, draft, names } = context;
  const text = await draft.text(FSTAB);
  if (text === undefined) {
    draft.notes.push(say("linux.fstab-missing"));
    return;
  }
  const told: Sentence[] = [];
  const after = editLines(text, (line) => {
    const row = tableLine(line);
    const [device = "", folder = "", type = ""] = row?.fields ?? [];
    if (!row || folder === "") return line;
    const mounted = system.mounts.find((one) => one.folder === folder)?.volume;
    const isMeant = (volume: InstalledVolume) =>
      isMountedAs(volume.filesystem, type) && (mounted === undefined || mounted === volume);
    const meaning = names.meaning(device, isMeant);
    if (meaning === undefined) {
      if (isElsewhere(context, row.fields)) draft.problems.push(elsewhere(device, folder, type));
      return withOptions(line);
    }
    const name = "volume" in meaning ? lastingName(meaning.volume) : undefined;
    if (name === undefined) {
      const why = "why" in meaning ? meaning.why : say("linux.filesystem-no-uuid");
      draft.problems.push(
        type === "swap"
          ? say("linux.fstab-unknown-swap", { device, why })
          : say("linux.fstab-unknown", { device, folder, why }),
      );
      return line;
    }
    told.push(say("linux.is", { old: device, name }));
    return withOptions(withField(row, 0, name));
  });

  /** Options such as logdev=/dev/sda5 name devices too. */
  function withOptions(line: string): string {
    const row = tableLine(line);
    const options = row?.fields[3];
    if (!row || options === undefined) return line;
    const renamed = options.replace(/(?<==)\/dev\/[^,]+/g, (device) => {
      const meaning = names.meaning(device);
      const path = meaning && "volume" in meaning ? lastingPath(meaning.volume) : undefined;
      if (path === undefined) {
        if (deviceName(device))
          draft.problems.push(say("linux.fstab-options", { device, folder: row.fields[1] ?? "" }));
        return device;
      }
      told.push(say("linux.is", { old: device, name: path }));
      return path;
    });
    return renamed === options ? line : withField(row, 3, renamed);
  }

  await draft.write(FSTAB, after, say("linux.fstab", { list: told }));
}

/** A name that lasts, of something that is not on this disk, and without which the system does not start. */
function isElsewhere({ system, opened }: LinuxContext, [device = "", , , options = ""]: readonly string[]): boolean {
  const isName = /^(?:UUID|LABEL|PARTUUID|PARTLABEL)=|^\/dev\/(?:disk\/by-|mapper\/)/.test(device);
  const isNeeded = !options.split(",").some((option) => ["noauto", "nofail", "_netdev"].includes(option));
  // It may lie in what could not be opened.
  const isClosed = system.volumes.some(
    ({ filesystem, partition, inside }) =>
      CONTAINERS.includes(filesystem) &&
      !system.volumes.some((one) => one.partition === partition && one.inside.length > inside.length),
  );
  return isName && isNeeded && !isClosed && volumeCalled(device, system.volumes, opened) === undefined;
}

const elsewhere = (device: string, folder: string, type: string): Sentence =>
  type === "swap" ? say("linux.fstab-elsewhere-swap", { device }) : say("linux.fstab-elsewhere", { device, folder });
