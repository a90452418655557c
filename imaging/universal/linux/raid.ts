import { deviceName } from "#imaging/universal/linux/device-names.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { say } from "#imaging/words/say.ts";

const PLACES = ["/etc/mdadm/mdadm.conf", "/etc/mdadm.conf"];
const DEVICES = /^([ \t]*)DEVICE([ \t]+)(.*)$/gim;
/** Of an ARRAY, on its line or on one that goes on with it: the members by name (mdadm.conf(5)). */
const MEMBERS = /[ \t]devices=([^\s]+)/gi;

/** RAID is put together by the UUIDs in its members, which are copied; not by names of devices. */
export async function planRaid({ system, draft }: LinuxContext): Promise<void> {
  for (const path of PLACES)
    await draft.edit(path, say("linux.raid"), (text) =>
      text
        .replace(DEVICES, (line, indent: string, gap: string, names: string) =>
          names.split(/\s+/).some(isDevice) ? `${indent}DEVICE${gap}partitions containers` : line,
        )
        .replace(MEMBERS, (whole, names: string) => (names.split(",").some(isDevice) ? "" : whole)),
    );
  if (system.volumes.some(({ filesystem }) => filesystem === "linux_raid_member"))
    draft.notes.push(say("linux.raid-members"));
}

/** A name, or a pattern of names: "/dev/sd[ab]1". */
const isDevice = (name: string): boolean => deviceName(name) !== undefined || /^\/dev\/[\w/-]*[*?[]/.test(name);
