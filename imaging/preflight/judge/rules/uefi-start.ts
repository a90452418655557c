import type { EfiLoader } from "#imaging/preflight/content/boot/efi-loaders.ts";
import type { SystemContent } from "#imaging/preflight/content/disk-content.ts";
import {
  bootMode,
  isRepaired,
  type JudgeContext,
  type SystemContext,
  type SystemRule,
} from "#imaging/preflight/judge/context.ts";
import { withoutLoader } from "#imaging/preflight/judge/rules/uefi-missing.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** Where firmware looks on a disk of which it knows nothing (UEFI 2.10, 3.5.1.1). */
const REMOVABLE: Readonly<Record<string, string>> = {
  x86_64: "bootx64.efi",
  i686: "bootia32.efi",
  aarch64: "bootaa64.efi",
  armv7l: "bootarm.efi",
  riscv64: "bootriscv64.efi",
  loongarch64: "bootloongarch64.efi",
};
const LINUX_KINDS: readonly EfiLoader["kind"][] = ["shim", "grub", "systemd-boot", "refind", "kernel"];

/** Of the programs that this machine's firmware can run. */
export const firmwareArchitecture = ({ machine }: JudgeContext): string => {
  const own = machine.processor.architecture;
  return own === "x86_64" && machine.firmware.bits === 32 ? "i686" : own;
};

const isRemovable = ({ path }: EfiLoader, architecture: string): boolean =>
  path.toLowerCase() === `efi/boot/${REMOVABLE[architecture]}`;

const startsIt = ({ kind }: EfiLoader, { kind: system }: SystemContent): boolean =>
  system === "windows" ? kind === "windows" : LINUX_KINDS.includes(kind);

/** shim starts what lies beside it: GRUB, or a program that makes the firmware's entries anew. */
const isComplete = (loader: EfiLoader, all: readonly EfiLoader[]): boolean =>
  loader.kind !== "shim" || besideShim(loader, all) !== undefined;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/")).toLowerCase();

/** What shim goes on with. */
export function besideShim(shim: EfiLoader, all: readonly EfiLoader[]): EfiLoader | undefined {
  const near = all.filter(
    ({ partition, path }) => partition === shim.partition && folderOf(path) === folderOf(shim.path),
  );
  const called = (pattern: RegExp) => near.find(({ path }) => pattern.test(path));
  return called(/\/grub(x64|ia32|aa64)\.efi$/i) ?? called(/\/fb(x64|ia32|aa64)\.efi$/i);
}

/** The loader by which UEFI would start a system: where it looks by itself, else one that an entry must name. */
export function uefiLoader(context: SystemContext): { loader: EfiLoader; needsEntry: boolean } | undefined {
  const architecture = firmwareArchitecture(context);
  const { loaders } = context.content;
  const fitting = loaders.filter(
    (loader) => loader.architecture === architecture && startsIt(loader, context.system) && isComplete(loader, loaders),
  );
  const found = fitting.find((loader) => isRemovable(loader, architecture));
  if (found) return { loader: found, needsEntry: false };
  // shim goes before GRUB, which lies beside it.
  const [other] = fitting.toSorted((a, b) => LINUX_KINDS.indexOf(a.kind) - LINUX_KINDS.indexOf(b.kind));
  return other && { loader: other, needsEntry: true };
}

export const uefiStart: SystemRule = (context) => {
  if (bootMode(context) !== "uefi") return [];
  const found = uefiLoader(context);
  if (!found) return [withoutLoader(context, { architecture: firmwareArchitecture(context), startsIt })];
  if (context.system.kind === "windows" && !context.system.hasEfiBcd)
    return [
      {
        code: "BCD_MISSING",
        severity: "blocks",
        ...say("verdict.bcd-missing"),
      },
    ];
  return [...grubConfig(context, found.loader), ...entry(context, found)];
};

/** GRUB as distributions sign it looks for its settings in a folder of the EFI system partition. */
function grubConfig({ content, system }: SystemContext, loader: EfiLoader): Finding[] {
  const grub = loader.kind === "shim" ? besideShim(loader, content.loaders) : loader;
  if (system.kind === "windows" || grub?.kind !== "grub" || grub.signers === undefined) return [];
  if (content.grubConfigs.some(({ partition }) => partition === grub.partition)) return [];
  return [{ code: "GRUB_CONFIG_MISSING", severity: "unknown", ...say("verdict.grub-settings") }];
}

function entry(context: SystemContext, found: { loader: EfiLoader; needsEntry: boolean }): Finding[] {
  if (!found.needsEntry) return [];
  return [
    {
      code: "BOOT_ENTRY",
      severity: "change",
      ...say("verdict.no-entry", { path: found.loader.path }),
      ...asNext(say("next.entry"), "Let it be made: `lifeboat boot repair DISK`, which is a part of --universal"),
      mend: "boot-repair",
      planned: isRepaired(context.wish),
    },
  ];
}
