import type { BootSystem } from "#imaging/boot/boot-repair.ts";
import type { Esp } from "#imaging/boot/efi/esp.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import { say } from "#imaging/words/say.ts";

const FOLDERS = ["/boot/efi", "/efi"];

/**
 * The line of fstab(5) for the EFI system partition: its UUID corrected where no volume has it, and the line added where there is
 * none, so that updates of the system's loader reach the partition.
 * @param mayAdd whether a system that has no such line gets one
 */
export async function planFstab(
  { system, tree }: BootSystem,
  { volume }: Esp,
  { mayAdd }: { mayAdd: boolean },
): Promise<SystemChange[]> {
  const text = await tree.text("/etc/fstab");
  if (text === undefined || volume.uuid === undefined) return [];
  const lines = text.split("\n");
  const at = lines.findIndex((line) => FOLDERS.includes(fields(line)[1] ?? ""));
  if (at < 0) return mayAdd ? added(text, volume.uuid) : [];
  const device = fields(lines[at] ?? "")[0] ?? "";
  const [, tag = "", value = ""] = /^(UUID|PARTUUID)="?([^"]+)"?$/i.exec(device) ?? [];
  const ids = system.volumes.map((one) => (tag.toUpperCase() === "UUID" ? one.uuid : one.partitionUuid)?.toLowerCase());
  if (tag === "" || ids.includes(value.toLowerCase())) return [];
  lines[at] = (lines[at] ?? "").replace(device, `UUID=${volume.uuid}`);
  const why = say("boot.fstab", { folder: fields(lines[at] ?? "")[1] ?? "", device });
  return [{ op: "write", path: "/etc/fstab", content: lines.join("\n"), ...why }];
}

const fields = (line: string): string[] => (line.trim().startsWith("#") ? [] : line.trim().split(/\s+/));

function added(text: string, uuid: string): SystemChange[] {
  const whole = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  const content = `${whole}UUID=${uuid} /boot/efi vfat umask=0077 0 1\n`;
  return [{ op: "write", path: "/etc/fstab", content, ...say("boot.fstab-new") }];
}
