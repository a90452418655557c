import type { UnattendedRestore } from "#base/medium/unattended-plan.ts";

/** What a template does not have. */
export interface RestoreExtras {
  /** A file with the image's password. */
  readonly passwordFile?: string | undefined;
  /** To be read in a second. */
  readonly bytesPerSecond?: number | undefined;
}

/** What is kept of an image that comes over the network, in memory: a few segments, which are read once. */
const CACHE_BYTES = 64 << 20;

const isAddress = (image: string): boolean => /^https?:/i.test(image);

/** What `lifeboat` is called with to make the plan: all that a person could choose was chosen in the template. */
export function planArguments(
  restore: UnattendedRestore,
  image: string,
  diskId: string,
  { passwordFile }: RestoreExtras = {},
): string[] {
  const { layout, universal, identity, hostname, verify, delta } = restore;
  return [
    ...["restore", image, "--to", diskId, "--dry-run", "--json"],
    ...(isAddress(image) ? ["--cache-size", String(CACHE_BYTES)] : []),
    ...(layout === "keep" ? [] : ["--layout", layout]),
    ...(universal ? ["--universal"] : []),
    ...(identity === "new" ? ["--identity", "new"] : []),
    ...(hostname === undefined ? [] : ["--hostname", hostname]),
    ...(verify ? [] : ["--no-verify"]),
    ...(delta ? ["--delta"] : []),
    ...(passwordFile === undefined ? [] : ["--password-file", passwordFile]),
  ];
}

export const runArguments = (
  planFile: string,
  diskId: string,
  { passwordFile, bytesPerSecond }: RestoreExtras = {},
): string[] => [
  ...["run", planFile, "--yes-erase", diskId, "--json"],
  ...(passwordFile === undefined ? [] : ["--password-file", passwordFile]),
  ...(bytesPerSecond === undefined ? [] : ["--limit", String(bytesPerSecond)]),
];
