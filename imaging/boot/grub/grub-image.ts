import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { type GrubModules, lacking } from "#imaging/boot/grub/grub-modules.ts";
import { executableView } from "#imaging/installed/executable-view.ts";
import { askInSystem } from "#imaging/installed/run-in-system.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { runSurely } from "#imaging/resize/run-to-end.ts";
import { partWords } from "#imaging/words/part-words.ts";

export interface ImageRequest {
  readonly modules: GrubModules;
  /** Of the installed system, whose own grub-mkimage is preferred for its own modules. */
  readonly tree: SystemTree;
  /** Where the image looks for its folder when its configuration says nothing else. */
  readonly prefix: string;
  /** What it runs first. */
  readonly config: string;
  /** Modules inside of it; what they need comes with them. */
  readonly names: readonly string[];
}

/** Makes images that firmware starts; in tests that need none, a double. */
export type GrubImages = (request: ImageRequest) => Promise<Uint8Array<ArrayBuffer>>;

const PURPOSE = "make a boot image of GRUB";
const PROGRAMS = ["grub-mkimage", "grub2-mkimage"];

/**
 * Images by grub-mkimage. Image and modules have to be of one version: the system's own program makes it of the system's own
 * modules, in its chroot, where it needs no device; this machine's does where the system has none, or it does not run here.
 * A plan, for which the system is mounted read-only, has the same image as what is done then. Nothing but a folder in /tmp is written.
 */
export const grubImages =
  (signal: AbortSignal): GrubImages =>
  async (request) => {
    const missing = lacking(request.modules, request.names);
    if (missing.length > 0)
      throw new LifeboatError("BOOT_LOADER_MISSING", {
        system: "the system",
        what: partWords["part.module"]({ name: missing.join(", ") }),
        looked: request.modules.folder,
      });
    return (await inSystem(request, signal)) ?? (await onMachine(request, signal));
  };

const args = ({ modules, prefix, names }: ImageRequest, folder: string, scratch: string): string[] => [
  ...["--format", modules.platform, "--directory", folder, "--prefix", prefix],
  ...["--config", join(scratch, "early.cfg"), "--output", join(scratch, "image"), ...names],
];

async function inSystem(request: ImageRequest, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { modules, config } = request;
  if (modules.of !== "system" || (await programsOf(request)).length === 0) return undefined;
  await using view = (await scratchIn(request.tree)) ?? (await readOnlyScratch(request.tree));
  if (!view) return undefined;
  const { tree, scratch } = view;
  await using _ = { [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }) };
  await writeFile(join(scratch, "early.cfg"), config);
  const inside = join("/tmp", basename(scratch));
  for (const program of await programsOf(request)) {
    const command: [string, ...string[]] = [program, ...args(request, modules.folder, inside)];
    const { status } = await askInSystem(tree, command, { signal, text: PURPOSE });
    if (status === 0) return await readFile(join(scratch, "image"));
  }
  return undefined;
}

async function programsOf({ tree }: ImageRequest): Promise<string[]> {
  const found: string[] = [];
  for (const name of PROGRAMS) if ((await tree.kind(`/usr/bin/${name}`)) === "file") found.push(name);
  return found;
}

/** A folder in the system's /tmp. */
interface Scratch extends AsyncDisposable {
  readonly tree: SystemTree;
  readonly scratch: string;
}

async function scratchIn(tree: SystemTree, view?: AsyncDisposable): Promise<Scratch | undefined> {
  const scratch = await mkdtemp(join(await tree.resolve("/tmp"), "lifeboat-grub-")).catch(() => undefined);
  return scratch === undefined
    ? undefined
    : { tree, scratch, [Symbol.asyncDispose]: async () => await view?.[Symbol.asyncDispose]() };
}

async function readOnlyScratch(tree: SystemTree): Promise<Scratch | undefined> {
  await using stack = new AsyncDisposableStack();
  const view = await executableView(tree);
  if (!view) return undefined;
  stack.use(view);
  const found = await scratchIn(view.tree, view);
  if (found) stack.move();
  return found;
}

async function onMachine(request: ImageRequest, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const { modules, config } = request;
  const scratch = await mkdtemp(join(tmpdir(), "lifeboat-grub-"));
  await using _ = { [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }) };
  await writeFile(join(scratch, "early.cfg"), config);
  const folder = await modules.tree.resolve(modules.folder);
  await runSurely("grub-mkimage", args(request, folder, scratch), { purpose: PURPOSE, signal });
  return await readFile(join(scratch, "image"));
}
