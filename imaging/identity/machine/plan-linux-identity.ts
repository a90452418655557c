import { planCloudInit } from "#imaging/identity/machine/cloud-init.ts";
import { forgetLeases } from "#imaging/identity/machine/dhcp.ts";
import { tellEnrolments } from "#imaging/identity/machine/enrolments.ts";
import { tellFixedAddresses } from "#imaging/identity/machine/fixed-addresses.ts";
import { planHostname } from "#imaging/identity/machine/hostname.ts";
import { planInitiator } from "#imaging/identity/machine/initiator.ts";
import { planMachineId } from "#imaging/identity/machine/machine-id.ts";
import { forgetSeeds } from "#imaging/identity/machine/seeds.ts";
import { planSshKeys } from "#imaging/identity/machine/ssh-keys.ts";
import { Draft } from "#imaging/installed/draft.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { SystemPlan } from "#imaging/universal/linux/plan-linux-universal.ts";
import { planRelabel } from "#imaging/universal/linux/selinux.ts";

export interface LinuxIdentityOptions {
  /** The name it gets, without a domain; the old one stays when not said. */
  readonly hostname?: string | undefined;
}

/**
 * Makes an installed Linux another machine than the one that it is a copy of, so that both can be in one network. What it makes
 * for itself at its next start is removed: no secret of it is made here. What others gave it (memberships, tunnels,
 * licences) stays, and is named.
 */
export async function planLinuxIdentity(
  system: InstalledSystem,
  tree: SystemTree,
  { hostname }: LinuxIdentityOptions = {},
): Promise<SystemPlan> {
  const draft = new Draft(tree);
  if (hostname !== undefined) await planHostname(draft, hostname);
  await planMachineId(system, draft);
  await planSshKeys(draft);
  await forgetLeases(draft);
  await planInitiator(draft);
  await forgetSeeds(system, draft);
  await planCloudInit(draft, hostname !== undefined);
  await tellEnrolments(draft);
  await tellFixedAddresses(draft);
  await planRelabel(draft);
  return { changes: draft.changes, notes: draft.notes, problems: draft.problems };
}
