import type { NewNames } from "#imaging/identity/new-names.ts";

/** What a name of LVM, or of device mapper, is made of. */
const NAME = "[A-Za-z0-9+_.-]+";
const LVM_ID = "[A-Za-z0-9]{6}(?:-[A-Za-z0-9]{4}){5}-[A-Za-z0-9]{6}";
/** A path that begins here, and is not the end of a longer one. */
const START = "(?<![A-Za-z0-9+_./-])";

type Replace = (text: string, names: NewNames) => string;

/** `pattern` has two groups: what stays, and what is looked up. Names are never made into a pattern. */
const rule =
  (pattern: RegExp, kind: keyof NewNames, key: (name: string) => string = (name) => name): Replace =>
  (text, names) =>
    text.replaceAll(pattern, (all: string, before: string, name: string) => {
      const to = names[kind].get(key(name));
      return to === undefined ? all : before + to;
    });

/**
 * Each finds all of a name, as long as it can be, and asks whether that is one of the old ones: so "vg0-root" is not found in
 * "vg0-root2", nor a FAT's serial number in a UUID. The time that it takes grows with the text alone.
 */
const RULES: readonly Replace[] = [
  // "luks-UUID" is how systemd and Fedora's installer call what is unlocked.
  rule(/((?<![0-9a-f-])|(?<=luks)-)([0-9a-f][0-9a-f-]{7,})/gi, "ids", (id) => id.toLowerCase()),
  // GRUB: lvmid/GROUP/VOLUME. udev: lvm-pv-uuid-ID, dm-uuid-LVM-GROUPVOLUME.
  rule(new RegExp(`((?<![A-Za-z0-9-])|(?<=lvm-pv-uuid)-)(${LVM_ID})(?![A-Za-z0-9-])`, "g"), "lvmIds"),
  (text, { lvmIds }) =>
    text.replaceAll(/(?<![A-Za-z0-9])LVM-([A-Za-z0-9]{32})([A-Za-z0-9]{32})(?![A-Za-z0-9])/g, (all, group, volume) => {
      const [to, inIt] = [lvmIds.get(group), lvmIds.get(volume)];
      return to === undefined || inIt === undefined ? all : `LVM-${to}${inIt}`;
    }),
  rule(new RegExp(`(${START}/dev/mapper/)(${NAME})`, "g"), "mapped"),
  rule(new RegExp(`(${START}lvm/)(${NAME})`, "g"), "mapped"),
  rule(new RegExp(`((?<![A-Za-z0-9+_.-])dm-name-)(${NAME})`, "g"), "mapped"),
  rule(new RegExp(`(${START}/dev/)(${NAME}/${NAME})`, "g"), "volumes"),
  rule(new RegExp(`((?<![A-Za-z0-9])(?:rd\\.lvm\\.lv|rd_LVM_LV)=)(${NAME}/${NAME})`, "g"), "volumes"),
  rule(new RegExp(`((?<![A-Za-z0-9])(?:rd\\.lvm\\.vg|rd_LVM_VG)=)(${NAME})`, "g"), "groups"),
];

/** lvm.conf(5): lists that say which groups are activated. */
const VOLUME_LIST = /^[ \t]*(?:auto_activation_|read_only_)?volume_list[ \t]*=[ \t]*\[[^\][]*\]/gm;

/** Writes new names where the old ones stand alone. @param text a file's bytes, each as one character */
export function replaceNames(text: string, names: NewNames): string {
  const done = RULES.reduce((so, replace) => replace(so, names), text);
  const listed = done.replaceAll(VOLUME_LIST, (list) =>
    list.replaceAll(/"([^"/]+)(\/[^"]*)?"/g, (all, group: string, rest = "") => {
      const to = names.groups.get(group);
      return to === undefined ? all : `"${to}${rest}"`;
    }),
  );
  return sameBlock(text, listed);
}

const ENVIRONMENT = "# GRUB Environment Block\n";
const BLOCK = 1024;

/** GRUB's environment is written in its place when the machine starts: it is filled with "#" to whole blocks. */
function sameBlock(before: string, after: string): string {
  if (after === before || !before.startsWith(ENVIRONMENT)) return after;
  let end = after.length;
  while (after[end - 1] === "#") end--;
  const content = after.slice(0, end);
  return content.padEnd(Math.ceil(Math.max(content.length, before.length) / BLOCK) * BLOCK, "#");
}
