import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { STORAGE_DRIVERS } from "#imaging/universal/linux/storage-drivers.ts";
import { say } from "#imaging/words/say.ts";

const RULES = "/etc/udev/rules.d";
/** What a rule of udev(7) can be bound to in one machine: a serial number, a place on a bus, a WWN, a path. */
const BOUND =
  /\b(?:ENV\{ID_(?:SERIAL(?:_SHORT)?|WWN\w*|PATH(?:_TAG)?)\}|ATTRS?\{(?:serial|wwid|unique_id)\})==["'][^"'*?]+["']|\bKERNELS==["'][\da-f]{4}:[\da-f]{2}:/i;
const MODPROBE = ["/etc/modprobe.d", "/lib/modprobe.d"];
const X_CONFIGURATION = ["/etc/X11/xorg.conf"];

/** What is bound to the old machine and is left as it is, since only its owner knows what it is for. */
export async function tellHardwareRules({ draft }: LinuxContext): Promise<void> {
  for (const path of await draft.files(RULES, (name) => name.endsWith(".rules") && !name.includes("persistent-net")))
    if (BOUND.test(uncommented((await draft.text(path)) ?? ""))) draft.notes.push(say("linux.udev-rules", { path }));
  for (const folder of MODPROBE)
    for (const path of await draft.files(folder, (name) => name.endsWith(".conf"))) {
      const text = uncommented((await draft.text(path)) ?? "");
      const barred = [...text.matchAll(/^\s*(?:blacklist\s+(\S+)|install\s+(\S+)\s+\/(?:usr\/)?bin\/(?:true|false))/gm)]
        .map(([, listed, installed]) => (listed ?? installed ?? "").replaceAll("-", "_"))
        .filter((name) => STORAGE_DRIVERS.includes(name));
      if (barred.length > 0) draft.problems.push(say("linux.barred", { path, list: barred }));
    }
  for (const path of [...X_CONFIGURATION, ...(await draft.files("/etc/X11/xorg.conf.d"))])
    if (
      /^\s*(?:BusID\b|Driver\s+"(?:nvidia|fglrx|intel|radeon|amdgpu|nouveau)")/im.test(
        uncommented((await draft.text(path)) ?? ""),
      )
    )
      draft.notes.push(say("linux.graphics", { path }));
}

const uncommented = (text: string): string => text.replace(/^\s*#.*$/gm, "");
