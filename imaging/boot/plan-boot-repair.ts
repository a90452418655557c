import { LifeboatError } from "#base/errors.ts";
import { planLinuxBios } from "#imaging/boot/bios/plan-linux-bios.ts";
import { planWindowsBios } from "#imaging/boot/bios/plan-windows-bios.ts";
import { type BootNote, orProblem, problemOf } from "#imaging/boot/boot-note.ts";
import type {
  BcdWanted,
  BootRepairAsked,
  BootRepairPlan,
  BootSystem,
  SystemBootPlan,
} from "#imaging/boot/boot-repair.ts";
import type { DiskChange } from "#imaging/boot/disk-change.ts";
import { type Esp, espFolder, findEsps } from "#imaging/boot/efi/esp.ts";
import { type FirmwareLoader, planLinuxEsp } from "#imaging/boot/efi/plan-linux-esp.ts";
import { planSystemdBoot, usesSystemdBoot } from "#imaging/boot/efi/plan-systemd-boot.ts";
import { planWindowsEsp } from "#imaging/boot/efi/plan-windows-esp.ts";
import { LEAST_ESP } from "#imaging/boot/firmware/firmware-edits.ts";
import { planFstab } from "#imaging/boot/firmware/plan-fstab.ts";
import { type GrubPlace, grubFolder, placeOf } from "#imaging/boot/grub/grub-place.ts";
import type { MenuParts } from "#imaging/boot/grub/make-menu.ts";
import { grubLock, grubSkill } from "#imaging/boot/grub/open-luks.ts";
import { planMenu } from "#imaging/boot/grub/plan-menu.ts";
import { slice } from "#imaging/device/block-device.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import { readLuks } from "#imaging/volume/luks/header.ts";
import { partWords } from "#imaging/words/part-words.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** What is gathered while the systems are looked at, one after the other. */
interface Gathered {
  readonly systems: SystemBootPlan[];
  readonly esps: Map<number, SystemChange[]>;
  readonly disk: DiskChange[];
  readonly loaders: FirmwareLoader[];
  readonly bcd: BcdWanted[];
  readonly notes: BootNote[];
  /** Partitions whose fallback place is spoken for. */
  readonly fallbacks: Set<number>;
  hasLegacyGrub: boolean;
}

/**
 * What makes firmware find and start the systems of a disk: what is missing or wrong, and nothing else. It reads alone; what cannot be
 * repaired is a problem of that system, and the rest goes on. Linux first: of a disk with both, GRUB starts Windows too.
 * @throws BOOT_NO_PLACE, BOOT_SECTORS_UNFIT when a wished firmware has no place on the disk
 */
export async function planBootRepair(asked: BootRepairAsked): Promise<BootRepairPlan> {
  const { device, firmware, systems } = asked;
  const esps =
    firmware === "bios"
      ? []
      : await findEsps(
          systems.map(({ system }) => system),
          asked.table,
        );
  if (firmware === "uefi" && esps.length === 0)
    throw new LifeboatError("BOOT_NO_PLACE", { disk: device.path, what: partWords["part.esp"], need: LEAST_ESP });
  const gathered: Gathered = {
    ...{ systems: [], esps: new Map(), disk: [], loaders: [], bcd: [], notes: [], fallbacks: new Set() },
    hasLegacyGrub: false,
  };
  const linux = await inTheirOrder(systems.filter(({ system }) => system.kind === "linux"));
  for (const one of linux) await planLinux(asked, one, { esps, linux, gathered });
  for (const one of systems) if (one.system.kind === "windows") await planWindows(asked, one, { esps, gathered });
  if (esps.length > 1) gathered.notes.push(severalEsps(esps));
  const { systems: plans, disk, loaders, bcd, notes } = gathered;
  const problems = systems.length === 0 ? [NO_SYSTEM] : [];
  const onEsps = esps.flatMap(({ volume, tree }) => {
    const changes = gathered.esps.get(volume.partition) ?? [];
    return changes.length === 0 ? [] : [{ partition: volume.partition, root: tree.root, changes }];
  });
  return { systems: plans, esps: onEsps, disk, loaders, bcd, notes, problems };
}

const NO_SYSTEM: BootNote = { code: "BOOT_NO_SYSTEM", ...say("boot.no-system") };

const severalEsps = (esps: readonly Esp[]): BootNote => ({
  code: "BOOT_SEVERAL_ESPS",
  ...say("boot.several-esps", { count: esps.length, list: esps.map(({ volume }) => String(volume.partition)) }),
});

/** The one that legacy firmware started has GRUB's modules for it: it goes on to have sector 0. */
async function inTheirOrder(systems: readonly BootSystem[]): Promise<BootSystem[]> {
  const owners = new Set<BootSystem>();
  for (const one of systems)
    if ((await one.tree.kind(`${await grubFolder(one.tree)}/i386-pc`)) === "folder") owners.add(one);
  return [...systems].sort((a, b) => Number(owners.has(b)) - Number(owners.has(a)));
}

interface LinuxContext {
  readonly esps: readonly Esp[];
  readonly linux: readonly BootSystem[];
  readonly gathered: Gathered;
}

async function planLinux(asked: BootRepairAsked, one: BootSystem, context: LinuxContext): Promise<void> {
  const { system, tree } = one;
  const { gathered, esps } = context;
  const plan = { changes: [] as SystemChange[], notes: [] as BootNote[], problems: [] as BootNote[] };
  const esp = espFor(one, esps);
  const place = await orProblem(plan.problems, async () => placeOf(system, await grubFolder(tree)));
  const hasSystemd = esp !== undefined && (await usesSystemdBoot({ tree, esp }));
  if (place && !hasSystemd) {
    await planGrub(asked, one, place, plan, context);
    plan.problems.push(...(await lockedFromGrub(asked, one, place, esp)));
  }
  if (esp) {
    const { architecture = "x64" } = asked;
    const takesFallback = !gathered.fallbacks.has(esp.volume.partition);
    gathered.fallbacks.add(esp.volume.partition);
    const more = { system, tree, esp, architecture, takesFallback };
    const found = await orProblem(plan.problems, async () => {
      if (hasSystemd) return await planSystemdBoot(more);
      if (!place) return undefined;
      return { ...(await planLinuxEsp({ ...asked, ...more, place })), problems: [] };
    });
    if (found) {
      plan.changes.push(...found.changes);
      plan.notes.push(...found.notes);
      plan.problems.push(...found.problems);
      gathered.loaders.push(...found.loaders);
      addTo(gathered, esp, found.onPartition);
    }
    if (asked.firmware === "uefi" || espFolder(system, esp) === undefined)
      plan.changes.push(...(await planFstab(one, esp, { mayAdd: asked.firmware === "uefi" })));
  }
  gathered.systems.push({ name: system.name, kind: "linux", root: system.root, ...plan });
}

/** Whether GRUB cannot reach its own files, whatever is repaired. */
async function lockedFromGrub(
  { device, table }: BootRepairAsked,
  { tree }: BootSystem,
  { containers, volume }: GrubPlace,
  esp: Esp | undefined,
): Promise<BootNote[]> {
  const partition = table.partitions.find(({ number }) => number === volume.partition);
  if (containers[0]?.kind !== "luks" || !partition) return [];
  const layout = await readLuks(slice(device, partition.start, partition.size));
  if ("reason" in layout) return [];
  const grubs = (esp?.loaders ?? []).filter(({ kind }) => kind === "grub");
  const programs = await Promise.all(grubs.map(({ path }) => esp?.tree.read(path)));
  const skill = await grubSkill(
    tree,
    programs.filter((one) => one !== undefined),
  );
  const lock = grubLock(partition.number, layout.slots, skill);
  return lock && lock.severity !== "info" ? [lock] : [];
}

const addTo = ({ esps }: Gathered, { volume }: Esp, changes: readonly SystemChange[]): void => {
  esps.set(volume.partition, [...(esps.get(volume.partition) ?? []), ...changes]);
};

/** The one that the system mounts; else one with its folder; else the first. */
function espFor({ system }: BootSystem, esps: readonly Esp[]): Esp | undefined {
  return (
    esps.find((esp) => espFolder(system, esp) !== undefined) ??
    esps.find(({ loaders }) => loaders.length > 0) ??
    esps[0]
  );
}

async function planGrub(
  asked: BootRepairAsked,
  one: BootSystem,
  place: GrubPlace,
  plan: { changes: SystemChange[]; notes: BootNote[]; problems: BootNote[] },
  { gathered, linux, esps }: LinuxContext,
): Promise<void> {
  const { system, tree } = one;
  const others = await otherMenus(linux, one);
  const menu = await planMenu({
    system,
    tree,
    place,
    others,
    windows: windowsOf(asked, esps),
    hasBls: await hasBls(one),
  });
  plan.changes.push(...menu.changes);
  plan.notes.push(...menu.notes);
  plan.problems.push(...menu.problems);
  if (asked.firmware === "uefi" || gathered.hasLegacyGrub) return;
  try {
    const bios = await planLinuxBios(asked, one, place);
    plan.changes.push(...bios.changes);
    plan.notes.push(...bios.notes);
    gathered.disk.push(...bios.disk);
    gathered.hasLegacyGrub ||= bios.hasDisk;
  } catch (error) {
    // What was asked for in so many words, and has no place at all, ends the plan.
    if (!(error instanceof LifeboatError) || (asked.firmware && ENDS.includes(error.code))) throw error;
    plan.problems.push(problemOf(error));
  }
}

const ENDS: readonly string[] = ["BOOT_NO_PLACE", "BOOT_SECTORS_UNFIT"];

const hasBls = async ({ tree }: BootSystem): Promise<boolean> => {
  for (const folder of ["/usr/lib/grub", "/usr/lib/grub2", "/boot/grub2", "/boot/grub"])
    for (const platform of ["x86_64-efi", "i386-pc"])
      if ((await tree.kind(`${folder}/${platform}/blscfg.mod`)) === "file") return true;
  return false;
};

async function otherMenus(linux: readonly BootSystem[], own: BootSystem): Promise<MenuParts["others"]> {
  const others: { name: string; place: GrubPlace }[] = [];
  for (const other of linux) {
    const folder = await grubFolder(other.tree);
    if (other === own || (await other.tree.kind(`${folder}/grub.cfg`)) !== "file") continue;
    const place = await orProblem([], async () => placeOf(other.system, folder));
    if (place) others.push({ name: other.system.name, place });
  }
  return others;
}

function windowsOf({ systems, table }: BootRepairAsked, esps: readonly Esp[]): MenuParts["windows"] {
  const windows = systems.find(({ system }) => system.kind === "windows")?.system;
  if (!windows) return undefined;
  const active = table.partitions.find((one) => one.active)?.number;
  const uuidOf = (partition: number | undefined) => windows.volumes.find((one) => one.partition === partition)?.uuid;
  return { espUuid: esps[0]?.volume.uuid, bootUuid: table.type === "mbr" ? uuidOf(active) : undefined };
}

async function planWindows(
  asked: BootRepairAsked,
  { system, tree }: BootSystem,
  { esps, gathered }: { esps: readonly Esp[]; gathered: Gathered },
): Promise<void> {
  const plan = { changes: [] as SystemChange[], notes: [] as BootNote[], problems: [] as BootNote[] };
  const { device, table, firmware, architecture } = asked;
  const esp = esps.find(({ loaders }) => loaders.some(({ kind }) => kind === "windows")) ?? esps[0];
  if (esp && (firmware === "uefi" || table.type === "gpt")) {
    const takesFallback = !gathered.fallbacks.has(esp.volume.partition);
    gathered.fallbacks.add(esp.volume.partition);
    const found = await orProblem(plan.problems, () =>
      planWindowsEsp({ system, tree, esp, architecture, takesFallback }),
    );
    if (found) {
      plan.notes.push(...found.notes);
      gathered.loaders.push(...found.loaders);
      const { files } = found;
      gathered.bcd.push({ root: system.root, firmware: "uefi", partition: esp.volume.partition, files });
    }
  } else if (table.type === "mbr" && firmware !== "uefi") {
    const found = await planWindowsBios(device, table, { system, tree, hasLinux: gathered.hasLegacyGrub });
    plan.problems.push(...found.problems);
    gathered.disk.push(...found.disk);
    if (found.active !== undefined)
      gathered.bcd.push({ root: system.root, firmware: "bios", partition: found.active, files: [] });
  } else plan.problems.push(WINDOWS_FIRMWARE);
  gathered.systems.push({ name: system.name, kind: "windows", root: system.root, ...plan });
}

const WINDOWS_FIRMWARE: BootNote = {
  code: "BOOT_WINDOWS_TABLE",
  ...say("boot.windows-table"),
  ...asNext(say("boot.next-table")),
};
