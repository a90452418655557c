import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bootMenu, buildParts, type PartsOptions } from "../build-parts.ts";
import { grubConfig } from "../iso/grub-config.ts";
import { removeDeadBuilds } from "../stage.ts";
import { stoppedBySignals } from "../stop.ts";
import { BootVolumes } from "./boot-volumes.ts";
import { stickTree } from "./stick-tree.ts";
import type { StickWork } from "./stick-work.ts";

export interface SticksOptions extends PartsOptions {
  /** Of Lifeboat. */
  readonly version: string;
}

/**
 * Builds what goes onto sticks. When it is disposed of, the copies that were made of it are gone; the stages stay.
 * @throws as buildParts
 */
export async function buildStickWork(options: SticksOptions): Promise<StickWork & AsyncDisposable> {
  const parts = await stoppedBySignals(() => buildParts(options));
  const workDir = resolve(options.workDir);
  await removeDeadBuilds(workDir);
  // Named like an unfinished stage, so that what a killed run left is removed by the next one.
  const folder = join(workDir, `usb.unfinished-${process.pid}`);
  const remove = () => rm(folder, { recursive: true, force: true });
  await remove();
  await mkdir(folder);
  try {
    const menu = grubConfig(bootMenu(parts, options.config));
    const { system, tree } = await stickTree(parts, { folder, menu, version: options.version });
    return {
      ...{ system, scratch: folder, volumes: new BootVolumes(folder, tree), writerVersion: options.version },
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
