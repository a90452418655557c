import type { Draft } from "#imaging/installed/draft.ts";
import type { InstalledSystem, InstalledVolume } from "#imaging/installed/installed-system.ts";
import type { DeviceNames } from "#imaging/universal/linux/device-names.ts";
import type { InstalledKernel } from "#imaging/universal/linux/kernels.ts";

/** What each part of the universal restore of Linux is told. It says what it decides to `draft`. */
export interface LinuxContext {
  readonly system: InstalledSystem;
  readonly draft: Draft;
  readonly names: DeviceNames;
  /** What crypttab opens, by the paths that it gives. */
  readonly opened: ReadonlyMap<string, InstalledVolume>;
  readonly kernels: readonly InstalledKernel[];
}
