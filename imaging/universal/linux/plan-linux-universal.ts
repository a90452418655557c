import type { Sentence } from "#base/sentence.ts";
import { crypttabVolumes } from "#imaging/installed/crypttab-volumes.ts";
import { Draft } from "#imaging/installed/draft.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { planBootArguments } from "#imaging/universal/linux/boot-arguments.ts";
import { planCrypttab } from "#imaging/universal/linux/crypttab.ts";
import { planFstab } from "#imaging/universal/linux/fstab.ts";
import { tellHardwareRules } from "#imaging/universal/linux/hardware-rules.ts";
import { planInitramfs } from "#imaging/universal/linux/initramfs.ts";
import { findKernels } from "#imaging/universal/linux/kernels.ts";
import { planLvm } from "#imaging/universal/linux/lvm.ts";
import { planMultipath } from "#imaging/universal/linux/multipath.ts";
import type { CardWishes } from "#imaging/universal/linux/network/card.ts";
import { planNetwork } from "#imaging/universal/linux/network/plan-network.ts";
import { planRaid } from "#imaging/universal/linux/raid.ts";
import { readDeviceNames } from "#imaging/universal/linux/read-device-names.ts";
import { planResume } from "#imaging/universal/linux/resume.ts";
import { planRelabel } from "#imaging/universal/linux/selinux.ts";
import { tellUnifiedImages } from "#imaging/universal/linux/unified-images.ts";

export interface LinuxUniversalOptions extends CardWishes {
  readonly signal?: AbortSignal | undefined;
}

/** What is done to a system, what is worth knowing of it, and what it does not set right. */
export interface SystemPlan {
  readonly changes: SystemChange[];
  readonly notes: Sentence[];
  readonly problems: Sentence[];
}

/**
 * Lets an installed Linux start on other hardware: names that last in place of names of devices, the network's settings for
 * the cards that are there, and then, as it holds copies of some of these, start files with drivers for all disks. Nothing is
 * changed here; the tools of the system that are run need no disk.
 * @throws the signal's reason; what reading a file throws
 */
export async function planLinuxUniversal(
  system: InstalledSystem,
  tree: SystemTree,
  options: LinuxUniversalOptions = {},
): Promise<SystemPlan> {
  const draft = new Draft(tree);
  const kernels = await findKernels(system, draft);
  const opened = crypttabVolumes((await draft.text("/etc/crypttab")) ?? "", system.volumes);
  const context = { system, draft, kernels, opened, names: await readDeviceNames(system, draft) };
  await planFstab(context);
  await planCrypttab(context);
  await planResume(context);
  await planBootArguments(context);
  await planRaid(context);
  await planLvm(context);
  await planMultipath(context);
  await planNetwork(draft, options);
  await tellHardwareRules(context);
  await tellUnifiedImages(context);
  await planInitramfs(context, options.signal);
  await planRelabel(draft);
  return { changes: draft.changes, notes: draft.notes, problems: draft.problems };
}
