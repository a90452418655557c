import { statfs } from "node:fs/promises";
import type { Sentence } from "#base/sentence.ts";
import { planDracut } from "#imaging/universal/linux/dracut.ts";
import { readInitramfs } from "#imaging/universal/linux/initramfs-content.ts";
import { planInitramfsTools } from "#imaging/universal/linux/initramfs-tools.ts";
import type { InstalledKernel, RebuiltKernel } from "#imaging/universal/linux/kernels.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { planMkinitcpio } from "#imaging/universal/linux/mkinitcpio.ts";
import { lackingDrivers, loadableDrivers } from "#imaging/universal/linux/storage-drivers.ts";
import { say } from "#imaging/words/say.ts";

/** Bytes that a start file for all hardware has been seen to take, and the next one beside it until it takes its place. */
const LARGE_INITRAMFS = 120 << 20;

/** What makes the initramfs of a system; "none" when it has kernels, and nothing that we know of makes one for them. */
export type InitramfsMaker =
  | "initramfs-tools"
  | "dracut"
  | "mkinitcpio"
  | "booster"
  | "tiny-initramfs"
  | "mkinitfs"
  | "genkernel"
  | "none";

/** Programs that are there, in the order in which one counts that has several. */
const PROGRAMS: readonly (readonly [InitramfsMaker, string])[] = [
  ["initramfs-tools", "mkinitramfs"],
  ["mkinitcpio", "mkinitcpio"],
  ["dracut", "dracut"],
  ["booster", "booster"],
  ["tiny-initramfs", "mktirfs"],
  ["mkinitfs", "mkinitfs"],
  ["genkernel", "genkernel"],
];
const FOLDERS = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

export async function initramfsMaker({ draft }: Pick<LinuxContext, "draft">): Promise<InitramfsMaker> {
  for (const [maker, program] of PROGRAMS)
    for (const folder of FOLDERS) if (await draft.has(`${folder}/${program}`)) return maker;
  return "none";
}

/** Start files with drivers for all hardware, for every kernel, now and whenever they are made anew. */
export async function planInitramfs(context: LinuxContext, signal?: AbortSignal): Promise<void> {
  const { draft, kernels } = context;
  if (kernels.length === 0) {
    draft.problems.push(say("linux.no-kernel"));
    return;
  }
  const unmounted = context.system.missing.find(({ text }) => /^\/(boot|usr|var) \(/.test(text));
  if (unmounted !== undefined) {
    draft.problems.push(say("linux.part-missing", { what: unmounted }));
    return;
  }
  const maker = await initramfsMaker(context);
  const rebuilt: RebuiltKernel[] = [];
  for (const kernel of kernels) {
    const lacks = await lacking(context, kernel, signal);
    if (kernel.initramfs === undefined && kernel.image === undefined) continue; // modules that somebody left behind
    const { version } = kernel;
    const why = lacks?.length
      ? say("linux.start-file-lacks", { version, drivers: fewOf(lacks) })
      : say("linux.start-file", { version });
    rebuilt.push({ kernel, why });
  }
  if (maker === "initramfs-tools") await planInitramfsTools(context, rebuilt);
  else if (maker === "dracut") await planDracut(context, rebuilt);
  else if (maker === "mkinitcpio")
    await planMkinitcpio(context, say("linux.start-files", { list: rebuilt.map(({ why }) => why) }));
  else await tellUnknown(context, maker, signal);
  if (["initramfs-tools", "dracut", "mkinitcpio"].includes(maker)) await checkRoom(context, rebuilt.length);
}

const MOST_NAMED = 8;

/** The first ones, which are the most common, and how many more. */
const fewOf = (names: readonly string[]): Sentence =>
  names.length <= MOST_NAMED
    ? { text: names.join(", ") }
    : say("linux.and-more", { list: names.slice(0, MOST_NAMED), others: names.length - MOST_NAMED });

/** What the initramfs that is there does not hold; undefined when it cannot be read. */
async function lacking(
  { draft }: LinuxContext,
  kernel: InstalledKernel,
  signal?: AbortSignal,
): Promise<readonly string[] | undefined> {
  if (kernel.initramfs === undefined) return undefined;
  const { modules, unread } = await readInitramfs(await draft.tree.resolve(kernel.initramfs), signal);
  return unread === undefined ? lackingDrivers(kernel, modules) : undefined;
}

async function tellUnknown(context: LinuxContext, maker: InitramfsMaker, signal?: AbortSignal): Promise<void> {
  for (const kernel of context.kernels) {
    const isThere = kernel.initramfs !== undefined;
    const lacks = isThere ? await lacking(context, kernel, signal) : loadableDrivers(kernel);
    if (lacks?.length === 0) continue;
    const said = { version: kernel.version, maker: maker === "none" ? "" : maker };
    const key = isThere ? "linux.start-lacks" : "linux.start-missing";
    context.draft.problems.push(lacks ? say(key, { ...said, drivers: fewOf(lacks) }) : say("linux.start-unread", said));
  }
}

/** The old file stays until the new one is whole. */
async function checkRoom({ draft }: LinuxContext, count: number): Promise<void> {
  const { bavail, bsize } = await statfs(await draft.tree.resolve("/boot")).catch(() => ({
    bavail: Infinity,
    bsize: 1,
  }));
  const free = bavail * bsize;
  if (count > 0 && free < LARGE_INITRAMFS) draft.problems.push(say("linux.boot-full", { free, size: LARGE_INITRAMFS }));
}
