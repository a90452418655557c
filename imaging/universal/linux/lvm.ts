import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { say } from "#imaging/words/say.ts";

const DEVICES = "/etc/lvm/devices";
const CONFIGURATION = ["/etc/lvm/lvm.conf", "/etc/lvm/lvmlocal.conf"];
/** A filter that lets through or keeps out what has a certain name (lvm.conf(5)); it may go over several lines. */
const FILTER = /^[ \t]*(?:global_)?filter[ \t]*=[ \t]*\[[^\]]{0,8192}\]/gm;
const NAMED = /(?:sd|hd|vd|xvd|nvme|mmcblk|cciss|disk\/by-(?:id|path)|mapper\/mpath)/;

/** LVM finds its physical volumes by what lies on them, wherever they are plugged in. */
export async function planLvm({ draft }: LinuxContext): Promise<void> {
  // Made anew by `vgimportdevices`; without it all devices are looked at (lvmdevices(8)).
  for (const path of await draft.files(DEVICES, (name) => /^system\.devices|\.devices$/.test(name)))
    await draft.remove(path, say("linux.lvm-devices"));
  for (const path of CONFIGURATION)
    await draft.edit(path, say("linux.lvm-filter"), (text) =>
      text.replace(FILTER, (setting) => (NAMED.test(setting) ? setting.replace(/^/gm, "# Lifeboat: ") : setting)),
    );
}
