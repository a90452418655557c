import type { Command } from "commander";
import { intoWish, type LayoutOptions, layoutWish, withLayout } from "#cli/layout-options.ts";
import {
  type MendRestoreOptions,
  machineOf,
  mendOfRestore,
  preflightOfRestore,
  withMendOfRestore,
} from "#cli/mend-of-restore.ts";
import { limitOption, type SectorSizeOptions, sectorSizeOf, sectorSizeOption, waitOption } from "#cli/options.ts";
import { readPairingKey } from "#cli/pairing-code.ts";
import type { Environment } from "#cli/password-input.ts";
import { peerOf } from "#cli/peer-address.ts";
import { runPlan } from "#cli/run-plan.ts";
import { runOptions, type TargetOptions, undoWish, withTarget } from "#cli/target-options.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { planCopy } from "#imaging/clone/plan-clone.ts";
import { openRemoteDisk } from "#imaging/clone/remote/remote-disk.ts";
import { type Peer, peerName } from "#imaging/clone/remote/secure-channel.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { JobStore } from "#imaging/job/job-store.ts";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { refuseUndoOnTarget } from "#imaging/undo/place.ts";
import { withFirmware } from "#imaging/wish/systems.ts";

interface ReceiveOptions extends TargetOptions, LayoutOptions, SectorSizeOptions, MendRestoreOptions {
  code?: string;
  limit?: number;
  wait: number;
}

/** `clone receive HOST --to TARGET`: as `clone`, of the disk that `clone serve` offers there. */
export function addCloneReceiveVerb(clone: Command, environment: Environment): void {
  const about = "copy a disk that `clone serve` offers on another machine; everything on the target is lost";
  withMendOfRestore(withLayout(withTarget(verb(clone, "receive", about))))
    .argument("<host>", "the other machine: HOST or HOST:PORT, as `clone serve` shows it")
    .option("--code <code>", "the pairing code that it shows (default: LIFEBOAT_CODE, else it is asked for)")
    .addOption(sectorSizeOption())
    .addOption(limitOption())
    .addOption(waitOption())
    .action(async (host: string, options: ReceiveOptions, command: Command) => {
      const output = outputOf(command);
      const store = new JobStore(environment.stateFolder);
      const peer = peerOf(host);
      const pairingKey = await readPairingKey(options.code, environment, peerName(peer));
      const plan = await makePlan(peer, pairingKey, options, environment);
      if (options.dryRun) output.result(plan, () => describePlan(plan));
      else
        await runPlan(
          plan,
          options.yesErase,
          { ...runOptions(options), pairingKey, prove: options.prove, ...(await machineOf([plan], options)) },
          { store, output },
        );
    });
}

async function makePlan(
  peer: Peer,
  key: Uint8Array,
  options: ReceiveOptions,
  { undoFolder }: Environment,
): Promise<RestorePlan> {
  const target = await findDisk(options.to, sectorSizeOf(options));
  const onlySystems = options.system === true;
  const layout = withFirmware(await layoutWish(options), options.firmware);
  const wish = { layout, onlySystems, into: intoWish(options, "keep") };
  const undo = await undoWish(options, undoFolder);
  await using image = await openRemoteDisk(peer, key);
  const plan = await planCopy(image, image.source, target, wish, {
    context: { undo },
    mendOf: (manifest, coming) => mendOfRestore(options, manifest, coming),
    preflightOf: (disk, coming) => preflightOfRestore(disk, target, options, coming),
    options: { verifyTarget: options.verify, salvage: false, ...(options.delta && { delta: true }) },
  });
  if (plan.undo) await refuseUndoOnTarget(plan.undo, target);
  return plan;
}
