import { grubLock } from "#imaging/boot/grub/open-luks.ts";
import type { LinuxContent } from "#imaging/preflight/content/linux/linux-content.ts";
import { bootMode, type SystemRule } from "#imaging/preflight/judge/context.ts";
import { uefiLoader } from "#imaging/preflight/judge/rules/uefi-start.ts";

/** Whether GRUB opens the LUKS that its own files lie in: its menu is behind that, and so is the kernel. */
export const grubLocked: SystemRule<LinuxContent> = (context) => {
  const { system, content } = context;
  const slots = content.luks.find(({ partition }) => partition === system.grubInLuks?.partition)?.slots;
  if (!system.grubInLuks || !slots) return [];
  // A kernel that firmware starts without GRUB is opened by its own start files.
  const kind = bootMode(context) === "uefi" ? uefiLoader(context)?.loader.kind : content.bootCode.kind;
  if (kind !== undefined && !["grub", "shim", "none"].includes(kind)) return [];
  const lock = grubLock(system.grubInLuks.partition, slots, system.grubInLuks);
  return lock ? [lock] : [];
};
