import type { Sentence } from "#base/sentence.ts";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";
import { volumeCalled } from "#imaging/installed/volume-called.ts";
import { deviceName, lastingName } from "#imaging/universal/linux/device-names.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { editLines } from "#imaging/universal/linux/table-line.ts";
import { say } from "#imaging/words/say.ts";

/** An argument that names a device; a value ends at a blank or a quote. "kernelopts=root=..." is how grubenv has it. */
const ARGUMENT = /(^|[\s"'=])(root|real_root|resume)=([^\s"']+)/g;
/** Those of mkinitcpio's hook encrypt, where more follows behind a colon: "cryptdevice=/dev/sda2:root:allow-discards". */
const CRYPT_ARGUMENT = /(^|[\s"'])(cryptdevice|cryptkey)=(\/dev\/disk\/[^\s"']+?-part\d+|[^\s"':]+)/g;
const RESUME = /(?<=^|[\s"'=])resume=([^\s"']+)/g;
/** The words to take out, with the blanks in front, or at the beginning those behind. */
const RESUME_WORDS = /[ \t]+resume(?:_offset)?=[^\s"']+|(?<=^|["'=])resume(?:_offset)?=[^\s"']+[ \t]*/g;

/** What was decided about the arguments of a file. */
export interface ArgumentEdit {
  readonly text: string;
  readonly told: readonly Sentence[];
  readonly problems: readonly Sentence[];
}

/** Each sentence once: a file has the same arguments for several kernels. */
class Told {
  readonly #all = new Map<string, Sentence>();

  add(sentence: Sentence): void {
    this.#all.set(sentence.text, sentence);
  }

  get all(): Sentence[] {
    return [...this.#all.values()];
  }
}

/**
 * The kernel's arguments in a text, whatever the boot loader (kernel: admin-guide/kernel-parameters; dracut.cmdline(7)).
 * Devices become UUIDs, and a `resume=` that names no swap space of this disk goes: a kernel that waits for it does not start.
 */
export function editArguments(context: LinuxContext, before: string): ArgumentEdit {
  const told = new Told();
  const problems = new Told();
  const rename = (whole: string, start: string, argument: string, value: string): string => {
    const name = lasting(context, argument, value);
    if (name === undefined) return whole;
    if ("problem" in name) {
      problems.add(name.problem);
      return whole;
    }
    told.add(say("linux.is", { old: `${argument}=${value}`, name: name.name }));
    return `${start}${argument}=${name.name}`;
  };
  const text = editLines(before, (line) => {
    if (/^\s*#/.test(line)) return line;
    const renamed = line.replace(ARGUMENT, rename).replace(CRYPT_ARGUMENT, rename);
    return withoutResume(context, renamed, told);
  });
  return { text, told: told.all, problems: problems.all };
}

function lasting(
  { system, names, kernels }: LinuxContext,
  argument: string,
  value: string,
): { name: string } | { problem: Sentence } | undefined {
  const whole = `${argument}=${value}`;
  const isRoot = argument === "root" || argument === "real_root";
  const root = system.mounts.find(({ folder }) => folder === "/")?.volume;
  const fits = (volume: InstalledVolume): boolean => {
    if (isRoot) return root === undefined || volume === root;
    if (argument === "resume") return volume.filesystem === "swap";
    return argument !== "cryptdevice" || volume.filesystem === "crypto_LUKS";
  };
  const meaning = names.meaning(value, fits);
  if (meaning === undefined) {
    const isGone = isRoot && /^(PART)?UUID=/.test(value) && volumeCalled(value, system.volumes) === undefined;
    return isGone ? { problem: say("linux.argument-gone", { argument: whole }) } : undefined;
  }
  if ("why" in meaning)
    return argument === "resume"
      ? undefined
      : { problem: say("linux.argument-why", { argument: whole, why: meaning.why }) };
  const { partitionUuid } = meaning.volume;
  // Only an initramfs knows the UUIDs of file systems.
  const isBare = isRoot && kernels.length > 0 && kernels.every(({ initramfs }) => initramfs === undefined);
  const name = isBare ? partitionUuid && `PARTUUID=${partitionUuid}` : lastingName(meaning.volume);
  return name === undefined ? { problem: say("linux.argument-no-uuid", { argument: whole }) } : { name };
}

function withoutResume({ system, opened }: LinuxContext, line: string, told: Told): string {
  const gone = [...line.matchAll(RESUME)].filter(([, value = ""]) => !isThere(value, system.volumes, opened));
  for (const [word] of gone) told.add(say("linux.argument-resume", { argument: word }));
  return gone.length === 0 ? line : line.replace(RESUME_WORDS, "");
}

/** A swap space, or a file system with a swap file in it. A variable of a script is left to it. */
function isThere(
  value: string,
  volumes: readonly InstalledVolume[],
  opened: ReadonlyMap<string, InstalledVolume>,
): boolean {
  if (value.startsWith("$")) return true;
  return !deviceName(value) && volumeCalled(value, volumes, opened) !== undefined;
}
