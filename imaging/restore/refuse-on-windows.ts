import { LifeboatError } from "#base/errors.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";

/**
 * Windows has none of the tools that change a file system, nor Linux' drivers to open a system: what needs them is refused before the
 * first byte is written. @throws NEEDS_LINUX
 */
export function refuseOnWindows(
  { layout, mend }: Pick<RestorePlan, "layout" | "mend">,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform !== "win32") return;
  const changed = layout?.partitions.find(({ change, made, inside }) => change !== "none" || made || inside);
  const what = changed
    ? `making partition ${changed.number} another one than the source has`
    : layout?.identity
      ? "giving file systems new identities"
      : mend && "mending what starts the systems";
  if (what) throw new LifeboatError("NEEDS_LINUX", { what });
}
