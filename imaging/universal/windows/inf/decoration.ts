import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";

/** What stands behind the name of a models section: "NTamd64.10.0...16299". */
interface Decoration {
  readonly text: string;
  /** Absent: any architecture, which Windows takes as x86 from Vista on. */
  readonly architecture?: string;
  readonly major?: number;
  readonly minor?: number;
  readonly productType?: number;
  readonly build?: number;
}

/**
 * NT[Architecture][.[OSMajorVersion][.[OSMinorVersion][.[ProductType][.[SuiteMask][.[BuildNumber]]]]]]
 * ("INF Manufacturer Section", Microsoft, Windows drivers). Numbers may be hexadecimal.
 */
function parseDecoration(text: string): Decoration | undefined {
  const [platform = "", ...numbers] = text.split(".");
  const architecture = /^nt(x86|ia64|amd64|arm64|arm)?$/i.exec(platform)?.[1]?.toLowerCase();
  if (!/^nt/i.test(platform) || (platform.length > 2 && architecture === undefined)) return undefined;
  const parsed = numbers.map((number) => (number === "" ? undefined : Number(number)));
  if (parsed.some((number) => Number.isNaN(number)) || parsed.length > 5) return undefined;
  const [major, minor, productType, , build] = parsed;
  return {
    text,
    ...(architecture !== undefined && { architecture }),
    ...(major !== undefined && { major }),
    ...(minor !== undefined && { minor }),
    ...(productType !== undefined && { productType }),
    ...(build !== undefined && { build }),
  };
}

/** Whether a system is of the architecture, and not older than what is asked for. */
function fits({ architecture = "x86", major, minor, productType, build }: Decoration, target: TargetSystem): boolean {
  if (architecture !== target.architecture) return false;
  if (productType !== undefined && productType !== target.productType) return false;
  if (major === undefined) return true;
  const asked = [major, minor ?? 0, build ?? 0];
  const have = [target.major, target.minor, target.build];
  const differs = asked.findIndex((number, at) => number !== have[at]);
  return differs < 0 || (asked[differs] as number) < (have[differs] as number);
}

/** More specific ones first: the newer system, then the one that names a product type. */
const byNearness = (a: Decoration, b: Decoration): number =>
  (b.major ?? 0) - (a.major ?? 0) ||
  (b.minor ?? 0) - (a.minor ?? 0) ||
  (b.build ?? 0) - (a.build ?? 0) ||
  (b.productType === undefined ? 0 : 1) - (a.productType === undefined ? 0 : 1);

/**
 * Which models section Windows takes, of those that a line of [Manufacturer] names.
 * @returns the decoration as it stands there, "" for the section without one; undefined when none is for this system
 */
export function chooseDecoration(decorations: readonly string[], target: TargetSystem): string | undefined {
  const fitting = decorations
    .map(parseDecoration)
    .filter((one) => one !== undefined)
    .filter((one) => fits(one, target))
    .sort(byNearness);
  // Without a decoration a models section is for x86 alone.
  return fitting[0]?.text ?? (target.architecture === "x86" ? "" : undefined);
}

/**
 * Names that an install section can have for an architecture, the one that Windows takes first: "inst.ntamd64", "inst.nt",
 * "inst" ("INF DDInstall Section").
 */
export const installSectionNames = (name: string, { architecture }: Pick<TargetSystem, "architecture">): string[] => [
  `${name}.nt${architecture}`,
  `${name}.nt`,
  name,
];
