import type { UnattendedRestore } from "#base/medium/unattended-plan.ts";

/** What `lifeboat` is called with to make the plan: all that a person could choose was chosen in the template. */
export function planArguments(restore: UnattendedRestore, image: string, diskId: string): string[] {
  const { layout, universal, identity, hostname, verify, delta } = restore;
  return [
    ...["restore", image, "--to", diskId, "--dry-run", "--json"],
    ...(layout === "keep" ? [] : ["--layout", layout]),
    ...(universal ? ["--universal"] : []),
    ...(identity === "new" ? ["--identity", "new"] : []),
    ...(hostname === undefined ? [] : ["--hostname", hostname]),
    ...(verify ? [] : ["--no-verify"]),
    ...(delta ? ["--delta"] : []),
  ];
}

export const runArguments = (planFile: string, diskId: string): string[] => ["run", planFile, "--yes-erase", diskId];
