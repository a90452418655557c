import type { Sentence } from "#base/sentence.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { say } from "#imaging/words/say.ts";

const CONFIGURATION = "/etc/mkinitcpio.conf";
const PRESETS = "/etc/mkinitcpio.d";
/** HOOKS=(base udev autodetect ...), over several lines too; HOOKS="..." of old. Not in a comment. */
const HOOKS = /^([ \t]*HOOKS\+?=)([("'])([^)"']{0,8192})([)"'])/gm;

/**
 * Arch's way (mkinitcpio(8)). The hook `autodetect` leaves out what the machine at hand does not need; without it `block`
 * adds the drivers of all disks. Presets, names and unified images stay as they are.
 */
export async function planMkinitcpio({ draft }: LinuxContext, why: Sentence): Promise<void> {
  const files = [CONFIGURATION, ...(await draft.files("/etc/mkinitcpio.conf.d", (name) => name.endsWith(".conf")))];
  for (const preset of await draft.files(PRESETS, (name) => name.endsWith(".preset")))
    for (const [, path] of ((await draft.text(preset)) ?? "").matchAll(/^\s*\w+_config=["']?([^"'\s]+)/gm))
      if (path !== undefined && !files.includes(path)) files.push(path);
  let hooks = "";
  for (const path of files) {
    await draft.edit(path, say("linux.autodetect"), withoutAutodetect);
    for (const [, , , names] of ((await draft.text(path)) ?? "").matchAll(HOOKS)) hooks += ` ${names}`;
  }
  if (!/\bblock\b/.test(hooks)) draft.problems.push(say("linux.no-block"));
  for (const preset of await draft.files(PRESETS, (name) => name.endsWith(".preset")))
    await draft.edit(preset, say("linux.preset"), (content) =>
      content.replace(/^([ \t]*\w+_options=(["'])(?:[^"'\n]* )?)-A autodetect\b ?/gm, "$1"),
    );
  draft.run(["mkinitcpio", "-P"], why);
}

const withoutAutodetect = (text: string): string =>
  text.replace(HOOKS, (_, key: string, open: string, names: string, close: string) => {
    const kept = names.replace(/(^|\s)autodetect(?=\s|$)/g, "").replace(/^[ \t]+/, "");
    return `${key}${open}${kept}${close}`;
  });
