import type { Entry } from "../../machines/entry.ts";
import { fileRole } from "../../machines/file-role.ts";
import { howEnded, why } from "../../machines/told.ts";
import { say, sentenceOf } from "../../words/words.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { type Evidence, isOver, lastStart } from "../evidence.ts";

type Load = Entry & { readonly kind: "tftp" | "http" };

const isLoad = (entry: Entry): entry is Load => entry.kind === "tftp" || entry.kind === "http";
const isWhole = (load: Load): boolean =>
  load.kind === "tftp" ? load.outcome === "complete" : load.method === "GET" && load.isWhole && load.status < 300;
/** UEFI asks for the size first; what the client had already is no answer of a file. */
const isProbe = (load: Load): boolean =>
  load.kind === "tftp" ? load.outcome === "probed" : load.method !== "GET" || load.status === 304;
const isMissing = (load: Load): boolean => (load.kind === "tftp" ? load.outcome === "refused" : load.status >= 400);
const nameOf = ({ file }: Load): string => file.replace(/^\/+/, "");

/** A file that broke off, or is not there. */
export function transfers({ timeline }: Evidence): Diagnosis[] {
  const loads = lastStart(timeline)
    .filter(isLoad)
    .filter((load) => !isProbe(load));
  const last = loads.at(-1);
  if (!last || isWhole(last)) return [];
  const role = fileRole(last.file);
  if (isMissing(last)) {
    // shim and GRUB look for much that need not be there.
    if (!["loader", "kernel", "initrd", "layer"].includes(role) || /revocations|shim_certificate/.test(last.file))
      return [];
    const reason = last.kind === "tftp" ? why(last) : say("why.status", { status: String(last.status) });
    return [
      {
        ...{ code: "FILE_MISSING", certainty: "sure" },
        seen: say("seen.FILE_MISSING", { file: nameOf(last), reason }),
        ...{ means: say("means.FILE_MISSING"), next: say("do.FILE_MISSING") },
      },
    ];
  }
  const broken = { file: nameOf(last), loaded: last.bytes };
  return [
    {
      ...{ code: "TRANSFER_BROKEN", certainty: "sure" },
      seen:
        last.kind === "tftp"
          ? say("seen.TRANSFER_BROKEN-size", { ...broken, size: last.size, how: howEnded(last) })
          : say("seen.TRANSFER_BROKEN", { ...broken, how: say("why.broke") }),
      ...{ means: say("means.TRANSFER_BROKEN"), next: say("do.TRANSFER_BROKEN") },
    },
  ];
}

const UNSIGNED = /(^|\/)(ipxe|snponly|undionly)[^/]*\.efi$/i;
const SHIM = /(^|\/)(shim|boot(x64|aa64|ia32))[^/]*\.efi(\.signed)?$/i;

/** A boot loader came, and then nothing of what it should load. */
export function loaders({ timeline, machine, now }: Evidence): Diagnosis[] {
  const start = lastStart(timeline);
  const loads = start.filter(isLoad).filter(isWhole);
  const loader = loads.findLast(({ file }) => fileRole(file) === "loader");
  if (!loader || !isOver(start, now) || start.some(({ kind }) => kind === "kernel" || kind === "up")) return [];
  const after = start.slice(start.indexOf(loader) + 1);
  if (after.some(({ kind }) => kind === "menu")) return []; // of which menus() speaks
  // A start of iPXE, or a file that it asks for, shows that it runs.
  const runs = after.some((entry) => isLoad(entry) || (entry.kind === "discover" && entry.ipxe));
  const isUefi = machine?.firmware !== "bios" && /\.efi(\.signed)?$/i.test(loader.file);
  if (!runs && isUefi && machine?.secureBoot !== false) return [rejected(loader, machine?.secureBoot === true)];
  return [
    {
      ...{ code: "KERNEL_NOT_ASKED", certainty: "sure" },
      seen: say(runs ? "seen.KERNEL_NOT_ASKED-runs" : "seen.KERNEL_NOT_ASKED", { file: nameOf(loader) }),
      means: say(runs ? "means.KERNEL_NOT_ASKED-runs" : "means.KERNEL_NOT_ASKED"),
      next: say("do.KERNEL_NOT_ASKED"),
    },
  ];
}

function rejected(loader: Load, isOn: boolean): Diagnosis {
  const isUnsigned = UNSIGNED.test(loader.file);
  return {
    ...{ code: "SECURE_BOOT", certainty: isOn && isUnsigned ? "sure" : "likely" },
    seen: say(isOn ? "seen.SECURE_BOOT-on" : "seen.SECURE_BOOT", { file: nameOf(loader) }),
    means: say(
      isUnsigned ? "means.SECURE_BOOT-ipxe" : SHIM.test(loader.file) ? "means.SECURE_BOOT-shim" : "means.SECURE_BOOT",
    ),
    next: say(isUnsigned ? "do.SECURE_BOOT-ipxe" : "do.SECURE_BOOT"),
  };
}

/** RAM in bytes below which the rescue system does not start from the network (docs/media.md). */
const LEAST_MEMORY = 448 << 20;

/** What the machine says of itself, and what it lacks. */
export function machineItself({ timeline, machine }: Evidence): Diagnosis[] {
  const start = lastStart(timeline);
  const found: Diagnosis[] = [];
  const problem = start.findLast((entry) => entry.kind === "problem" || entry.kind === "up" || entry.kind === "done");
  if (problem?.kind === "problem" && problem.code !== "OTHER_DHCP_SERVER")
    found.push({
      ...{ code: problem.code === "TOO_LITTLE_MEMORY" ? problem.code : "MACHINE_PROBLEM", certainty: "sure" },
      seen: say("seen.machine-says", { text: sentenceOf(problem.text), code: problem.code }),
      ...{ means: say("means.MACHINE_PROBLEM"), next: say("do.MACHINE_PROBLEM") },
    });
  const memory = machine?.memory;
  const hasTried = start.some(isLoad) && !start.some(({ kind }) => kind === "up");
  if (memory !== undefined && memory < LEAST_MEMORY && hasTried)
    found.push({
      ...{ code: "TOO_LITTLE_MEMORY", certainty: "sure" },
      seen: say("seen.TOO_LITTLE_MEMORY", { memory }),
      means: say("means.TOO_LITTLE_MEMORY", { least: LEAST_MEMORY }),
      next: say("do.TOO_LITTLE_MEMORY"),
    });
  return found;
}

/** A kernel came, and no rescue system. */
export function rescue({ timeline, now }: Evidence): Diagnosis[] {
  const start = lastStart(timeline);
  const kernel = start.findLast(({ kind }) => kind === "kernel");
  if (!kernel || !isOver(start, now)) return [];
  const after = start.slice(start.indexOf(kernel) + 1);
  const hasLayer = after.some((entry) => isLoad(entry) && fileRole(entry.file) === "layer" && isWhole(entry));
  if (hasLayer || after.some(({ kind }) => kind === "up" || kind === "job" || kind === "done")) return [];
  const hasInitrd = start.some((entry) => isLoad(entry) && fileRole(entry.file) === "initrd" && isWhole(entry));
  return [
    {
      ...{ code: "RESCUE_NOT_UP", certainty: "likely" },
      seen: say(hasInitrd ? "seen.RESCUE_NOT_UP" : "seen.RESCUE_NOT_UP-kernel"),
      means: say(hasInitrd ? "means.RESCUE_NOT_UP" : "means.RESCUE_NOT_UP-kernel"),
      next: say("do.RESCUE_NOT_UP"),
    },
  ];
}
