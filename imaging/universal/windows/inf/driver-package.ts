import { chooseDecoration } from "#imaging/universal/windows/inf/decoration.ts";
import type { Inf, InfLine } from "#imaging/universal/windows/inf/parse-inf.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";

/** Devices of one package. The largest, of graphics cards, name some ten thousand. */
const MOST_DEVICES = 50_000;
const MOST_MANUFACTURERS = 1000;

/** What one line of a models section offers: a driver for devices with one of these ids. */
export interface DriverModel {
  readonly description: string;
  /** Name of its install section, without what Windows puts behind it. */
  readonly install: string;
  /** In capitals: "PCI\VEN_1AF4&DEV_1001". The first is the hardware id, the others are compatible ones. */
  readonly ids: readonly string[];
}

/** What an .inf file says of itself, and what it offers to one system. */
export interface DriverDescription {
  /** "SCSIAdapter". */
  readonly className: string | undefined;
  /** In lower case, with braces. */
  readonly classGuid: string | undefined;
  readonly provider: string | undefined;
  /** "02/14/2025,100.95.104.26200", as it is written. */
  readonly version: string | undefined;
  /** File names of its catalogs, for this architecture: what signs the package. */
  readonly catalogs: readonly string[];
  /** None when it is not for this system. */
  readonly models: readonly DriverModel[];
}

/**
 * [Version], [Manufacturer] and the models sections ("INF Version Section", "INF Models Section", Microsoft).
 * @throws INF_INVALID when it has no [Version], or tokens without end
 */
export function describeDriver(inf: Inf, target: TargetSystem): DriverDescription {
  const version = (key: string) => inf.value("Version", key);
  const catalogs = [`CatalogFile.NT${target.architecture}`, "CatalogFile.NT", "CatalogFile"]
    .map(version)
    .filter((name) => name !== undefined);
  return {
    className: version("Class"),
    classGuid: version("ClassGuid")?.toLowerCase(),
    provider: version("Provider"),
    version: inf.values("Version", "DriverVer").join(",") || undefined,
    catalogs: catalogs.slice(0, 1),
    models: modelsFor(inf, target),
  };
}

function modelsFor(inf: Inf, target: TargetSystem): DriverModel[] {
  const sections = new Set<string>();
  for (const { values } of (inf.section("Manufacturer") ?? []).slice(0, MOST_MANUFACTURERS)) {
    const [name = "", ...decorations] = values.map((value) => inf.text(value).trim());
    const chosen = chooseDecoration(decorations, target);
    if (name !== "" && chosen !== undefined) sections.add(chosen === "" ? name : `${name}.${chosen}`);
  }
  return [...sections]
    .flatMap((name) => (inf.section(name) ?? []).slice(0, MOST_DEVICES))
    .slice(0, MOST_DEVICES)
    .flatMap((line) => modelOf(inf, line));
}

/** `device-description = install-section-name[,hardware id][,compatible id]...` */
function modelOf(inf: Inf, { key = "", values }: InfLine): DriverModel[] {
  const [install = "", ...ids] = values.map((value) => inf.text(value).trim());
  if (install === "") return [];
  const known = ids.filter((id) => id !== "").map((id) => id.toUpperCase());
  return [{ description: inf.text(key), install, ids: known }];
}
