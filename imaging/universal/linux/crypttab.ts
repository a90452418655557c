import type { Sentence } from "#base/sentence.ts";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";
import { lastingName, lastingPath } from "#imaging/universal/linux/device-names.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { editLines, type TableLine, tableLine, withField } from "#imaging/universal/linux/table-line.ts";
import { say } from "#imaging/words/say.ts";

const CRYPTTAB = "/etc/crypttab";
/** Of Debian's cryptsetup-initramfs, which knows the option `initramfs`. */
const DEBIAN_HOOK = "/usr/share/initramfs-tools/hooks/cryptroot";
/** What must be open before the root is there. */
const EARLY_FOLDERS = ["/", "/usr"];

/** Encrypted volumes by UUID, and those that the root lies in also where Debian's hook cannot find out that it does. */
export async function planCrypttab(context: LinuxContext): Promise<void> {
  const { draft } = context;
  const text = await draft.text(CRYPTTAB);
  if (text === undefined) return;
  const isDebian = await draft.has(DEBIAN_HOOK);
  const told: Sentence[] = [];
  const after = editLines(text, (line) => {
    const row = tableLine(line);
    if (!row || row.fields.length < 2) return line;
    const named = withDevice(context, row, told);
    const keyed = withKeyFile(context, tableLine(named) ?? row, told) ?? named;
    return isDebian ? withInitramfs(context, keyed, told) : keyed;
  });
  await draft.write(CRYPTTAB, after, say("linux.crypttab", { list: told }));
}

function withDevice({ draft, names }: LinuxContext, row: TableLine, told: Sentence[]): string {
  const [name, device = "", key = ""] = row.fields as [string, string?, string?];
  const unchanged = withField(row, 1, device);
  // A random key: what is there has no name of its own, and is written over at each start.
  const isScratch = /^\/dev\/u?random$/.test(key);
  const meaning = names.meaning(device, ({ filesystem }) => isScratch || filesystem === "crypto_LUKS");
  if (meaning === undefined) return unchanged;
  const volume = "volume" in meaning ? meaning.volume : undefined;
  const partition = volume?.partitionUuid === undefined ? undefined : `PARTUUID=${volume.partitionUuid}`;
  const lasting = isScratch ? partition : volume && lastingName(volume);
  if (lasting === undefined) {
    const why = "why" in meaning ? meaning.why : say("linux.no-uuid");
    draft.problems.push(say("linux.crypttab-unknown", { device, name, isScratch, why }));
    return unchanged;
  }
  told.push(say("linux.is", { old: device, name: lasting }));
  return withField(row, 1, lasting);
}

/** "/dev/sdb1", or with Debian's passdev and systemd's DEVICE:FILE a file on one. */
function withKeyFile({ draft, names }: LinuxContext, row: TableLine, told: Sentence[]): string | undefined {
  const [name = "", , key = "none"] = row.fields;
  const [, device = "", rest = ""] = /^(\/dev\/[^:]+)(:.*)?$/.exec(key) ?? [];
  const meaning = names.meaning(device);
  if (meaning === undefined) return undefined;
  const path = "volume" in meaning ? lastingPath(meaning.volume) : undefined;
  if (path === undefined) {
    const why = "why" in meaning ? meaning.why : say("linux.no-uuid");
    draft.problems.push(say("linux.key-unknown", { name, device, why }));
    return undefined;
  }
  told.push(say("linux.is", { old: device, name: path }));
  return withField(row, 2, `${path}${rest}`);
}

function withInitramfs({ system }: LinuxContext, line: string, told: Sentence[]): string {
  const row = tableLine(line);
  const [name = "", device = "", key = "none", options] = row?.fields ?? [];
  if (!row) return line;
  const outer = system.volumes.find(
    (volume) => volume.inside.length === 0 && volume.filesystem === "crypto_LUKS" && isCalled(volume, device),
  );
  const holds = system.mounts.some(
    ({ folder, volume }) =>
      EARLY_FOLDERS.includes(folder) && volume.inside.length > 0 && volume.partition === outer?.partition,
  );
  if (!outer || !holds || options?.split(",").includes("initramfs")) return line;
  told.push(say("linux.opened-early", { name }));
  if (options === undefined) return `${line.trimEnd()}${row.fields.length < 3 ? ` ${key}` : ""} luks,initramfs`;
  return withField(row, 3, options === "none" ? "luks,initramfs" : `${options},initramfs`);
}

function isCalled({ uuid, partitionUuid }: InstalledVolume, device: string): boolean {
  const [, tag = "", value = ""] = /^(?:\/dev\/disk\/by-)?(\w+)[=/]"?([^"]+)"?$/.exec(device) ?? [];
  const id = { uuid, partuuid: partitionUuid }[tag.toLowerCase()];
  return id !== undefined && id.toLowerCase() === value.toLowerCase();
}
