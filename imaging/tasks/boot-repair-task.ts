import { basename } from "node:path";
import type { Sentence } from "#base/sentence.ts";
import type { BootNote } from "#imaging/boot/boot-note.ts";
import type { BcdWanted, FirmwareWish } from "#imaging/boot/boot-repair.ts";
import type { EfiArchitecture } from "#imaging/boot/efi/pe-file.ts";
import type { FirmwareLoader } from "#imaging/boot/efi/plan-linux-esp.ts";
import { grubImages } from "#imaging/boot/grub/grub-image.ts";
import { planBootRepair } from "#imaging/boot/plan-boot-repair.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import type { PartitionTable } from "#imaging/disk/partition.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import type { MendStep } from "#imaging/mend/mend.ts";
import { stepOf } from "#imaging/mend/step-of.ts";
import type { Task } from "#imaging/tasks/task.ts";
import { ESP_UNDO } from "#imaging/universal/windows/undo/undo-folders.ts";

export interface BootRepairInput {
  readonly path: string;
  readonly sectorSize: number;
  readonly firmware?: FirmwareWish | undefined;
  readonly renew?: boolean | undefined;
  readonly architecture?: EfiArchitecture | undefined;
  /** False: only the plan. */
  readonly apply: boolean;
  /** As applyChanges'. */
  readonly keepIn: string;
  /** As it is, or will be. */
  readonly table: PartitionTable;
}

export interface BootRepairFindings {
  readonly systems: readonly {
    readonly name: string;
    readonly kind: "linux" | "windows";
    readonly steps: readonly MendStep[];
    readonly notes: readonly BootNote[];
    readonly problems: readonly BootNote[];
  }[];
  readonly esps: readonly { readonly partition: number; readonly steps: readonly MendStep[] }[];
  /** DiskChange with its bytes in base64. */
  readonly disk: readonly ({
    readonly offset: number;
    readonly bytes: string;
    readonly before: string;
  } & Readonly<Sentence>)[];
  readonly loaders: readonly FirmwareLoader[];
  readonly bcd: readonly BcdWanted[];
  readonly notes: readonly BootNote[];
  readonly problems: readonly BootNote[];
}

/** Plans the repair of a disk's boot, and does the part of it that lies in file systems. The disk itself is only read here. */
export const bootRepairTask: Task<BootRepairInput, BootRepairFindings> = async (opened, input, { signal, onStep }) => {
  const { path, sectorSize, apply, keepIn, table, firmware, architecture, renew = true } = input;
  await using device = await openDevice(path, { sectorSize });
  const systems = opened.systems.map((system) => ({
    system,
    tree: systemTree(system.root, { ignoreCase: system.kind === "windows" }),
  }));
  const plan = await planBootRepair({
    ...{ device, table, systems, firmware, renew },
    ...(architecture && { architecture }),
    ...{ images: grubImages(signal), machine: systemTree("/") },
  });
  const places = [
    ...plan.systems.map((one) => ({ ...one, ignoreCase: one.kind === "windows", keepIn })),
    ...plan.esps.map((one) => ({ ...one, ignoreCase: true, keepIn: `${ESP_UNDO}/${basename(keepIn)}` })),
  ];
  if (apply)
    for (const { root, ignoreCase, changes, keepIn: kept } of places)
      await applyChanges(systemTree(root, { ignoreCase }), changes, {
        ...{ keepIn: kept, signal },
        onChange: onStep,
      });
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  return {
    ...plan,
    systems: plan.systems.map(({ root: _, changes, ...one }) => ({ ...one, steps: changes.map(stepOf) })),
    esps: plan.esps.map(({ partition, changes }) => ({ partition, steps: changes.map(stepOf) })),
    disk: plan.disk.map((one) => ({ ...one, bytes: base64(one.bytes), before: base64(one.before) })),
  };
};
