import { statfs } from "node:fs/promises";
import { formatBytes } from "#base/units.ts";
import { planDracut } from "#imaging/universal/linux/dracut.ts";
import { readInitramfs } from "#imaging/universal/linux/initramfs-content.ts";
import { planInitramfsTools } from "#imaging/universal/linux/initramfs-tools.ts";
import type { InstalledKernel } from "#imaging/universal/linux/kernels.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { planMkinitcpio } from "#imaging/universal/linux/mkinitcpio.ts";
import { lackingDrivers, loadableDrivers } from "#imaging/universal/linux/storage-drivers.ts";

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
    draft.problems.push("No kernel with modules was found, so nothing can be said of the drivers at its start");
    return;
  }
  const unmounted = context.system.missing.find((text) => /^\/(boot|usr|var) \(/.test(text));
  if (unmounted !== undefined) {
    draft.problems.push(`Start files cannot be made anew, as a part of the system is not there: ${unmounted}`);
    return;
  }
  const maker = await initramfsMaker(context);
  const rebuilt: { kernel: InstalledKernel; text: string }[] = [];
  for (const kernel of kernels) {
    const lacks = await lacking(context, kernel, signal);
    if (kernel.initramfs === undefined && kernel.image === undefined) continue; // modules that somebody left behind
    const why = lacks === undefined || lacks === "" ? "" : `; it lacks ${lacks}`;
    rebuilt.push({
      kernel,
      text: `Makes the start file of kernel ${kernel.version} anew, with drivers for all hardware${why}`,
    });
  }
  if (maker === "initramfs-tools") await planInitramfsTools(context, rebuilt);
  else if (maker === "dracut") await planDracut(context, rebuilt);
  else if (maker === "mkinitcpio") await planMkinitcpio(context, rebuilt.map(({ text }) => text).join(". "));
  else await tellUnknown(context, maker, signal);
  if (["initramfs-tools", "dracut", "mkinitcpio"].includes(maker)) await checkRoom(context, rebuilt.length);
}

const MOST_NAMED = 8;

/** The first ones, which are the most common, and how many more. */
const fewOf = (names: readonly string[]): string =>
  names.length <= MOST_NAMED
    ? names.join(", ")
    : `${names.slice(0, MOST_NAMED).join(", ")} and ${names.length - MOST_NAMED} more`;

/** What the initramfs that is there does not hold; undefined when it cannot be read. */
async function lacking(
  { draft }: LinuxContext,
  kernel: InstalledKernel,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (kernel.initramfs === undefined) return undefined;
  const { modules, unread } = await readInitramfs(await draft.tree.resolve(kernel.initramfs), signal);
  return unread === undefined ? fewOf(lackingDrivers(kernel, modules)) : undefined;
}

async function tellUnknown(context: LinuxContext, maker: InitramfsMaker, signal?: AbortSignal): Promise<void> {
  for (const kernel of context.kernels) {
    const lacks =
      kernel.initramfs === undefined ? fewOf(loadableDrivers(kernel)) : await lacking(context, kernel, signal);
    if (lacks === "") continue;
    const by = maker === "none" ? "nothing that is known here" : `${maker}, which is not known here`;
    const what = lacks === undefined ? "could not be read" : `lacks these drivers: ${lacks}`;
    context.draft.problems.push(
      `The start file of kernel ${kernel.version} ${kernel.initramfs === undefined ? "is not there, and the kernel by itself " : ""}${what}. It is made by ${by}: where the disk of the new machine needs one of them, this system does not start`,
    );
  }
}

/** The old file stays until the new one is whole. */
async function checkRoom({ draft }: LinuxContext, count: number): Promise<void> {
  const { bavail, bsize } = await statfs(await draft.tree.resolve("/boot")).catch(() => ({
    bavail: Infinity,
    bsize: 1,
  }));
  const free = bavail * bsize;
  if (count > 0 && free < LARGE_INITRAMFS)
    draft.problems.push(
      `/boot has only ${formatBytes(free)} free, and a start file for all hardware can take ${formatBytes(LARGE_INITRAMFS)}: where one does not fit, the old one stays`,
    );
}
