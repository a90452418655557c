import type { Sentence } from "#base/sentence.ts";
import { volumeCalled } from "#imaging/installed/volume-called.ts";
import { deviceName, lastingName } from "#imaging/universal/linux/device-names.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { say } from "#imaging/words/say.ts";

const FOLDER = "/etc/initramfs-tools/conf.d";
const SETTING = /^([ \t]*RESUME=)["']?([^\s"'#]*)["']?/gm;

/**
 * Where initramfs-tools looks for a hibernated system (initramfs.conf(5), RESUME). Swap space that is not there any more
 * delays every start by half a minute.
 */
export async function planResume({ system, draft, names, opened }: LinuxContext): Promise<void> {
  for (const path of [...(await draft.files(FOLDER)), "/etc/initramfs-tools/initramfs.conf"]) {
    const told: Sentence[] = [];
    const edited = ((await draft.text(path)) ?? "").replace(SETTING, (whole, key: string, device: string) => {
      if (["", "none", "auto"].includes(device)) return whole;
      const meaning = names.meaning(device, ({ filesystem }) => filesystem === "swap");
      const name = meaning && "volume" in meaning ? lastingName(meaning.volume) : undefined;
      if (name !== undefined) {
        told.push(say("linux.is", { old: device, name }));
        return `${key}${name}`;
      }
      if (!deviceName(device) && volumeCalled(device, system.volumes, opened)) return whole;
      told.push(say("linux.not-there", { device }));
      return `${key}none`;
    });
    if (told.length > 0) await draft.write(path, edited, say("linux.resume", { list: told }));
  }
}
