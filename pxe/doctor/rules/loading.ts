import { formatBytes } from "#base/units.ts";
import type { Entry } from "../../machines/entry.ts";
import { fileRole } from "../../machines/file-role.ts";
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
    const why = last.kind === "tftp" ? last.reason : `HTTP status ${last.status}`;
    return [
      {
        ...{ code: "FILE_MISSING", certainty: "sure" },
        seen: `It asked for ${nameOf(last)} last, and did not get it: ${why}.`,
        means:
          "The folder that is offered lacks a file that its boot loader needs, or has it under another name; or the machine may not have it.",
        next: "Make the folder anew with `lifeboat media pxe`, or correct the name in the DHCP server or the boot loader's configuration.",
      },
    ];
  }
  const size = last.kind === "tftp" ? ` of ${formatBytes(last.size)}` : "";
  const how =
    last.kind === "tftp"
      ? `${last.outcome}${last.reason === undefined ? "" : ` (${last.reason})`}`
      : "the connection broke";
  return [
    {
      ...{ code: "TRANSFER_BROKEN", certainty: "sure" },
      seen: `${nameOf(last)} broke off after ${formatBytes(last.bytes)}${size}: ${how}.`,
      means: "Packets are lost on the way, the machine was switched off, or its loader has no room for the file.",
      next: "Try another cable and switch port; look for a wrong MTU or a firewall that knows no TFTP (answers come from another port than 69). Over HTTP losses do less harm.",
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
      seen: `It loaded ${nameOf(loader)} whole${runs ? ", went on with it," : ","} and never asked for a kernel.`,
      means: runs
        ? "The boot loader runs: it waits at its menu, or does not find what its configuration names."
        : "The boot loader does not run, or has no network of its own.",
      next: "Look at the machine's screen. Compare the address in the boot loader's configuration (`media pxe --url`) with that of this server; on hardware whose network card iPXE does not know, let it use the firmware's (snponly.efi, undionly.kpxe).",
    },
  ];
}

function rejected(loader: Load, isOn: boolean): Diagnosis {
  const isUnsigned = UNSIGNED.test(loader.file);
  return {
    ...{ code: "SECURE_BOOT", certainty: isOn && isUnsigned ? "sure" : "likely" },
    seen: `It loaded ${nameOf(loader)} whole, and asked for nothing more.${isOn ? " Its Secure Boot is on." : ""}`,
    means: isUnsigned
      ? "iPXE is not signed: firmware with Secure Boot on does not start it."
      : SHIM.test(loader.file)
        ? "The firmware does not trust this file (Secure Boot), or shim could not load GRUB from the same place."
        : "shim, or the firmware, does not trust this file: its signature is missing, not trusted, or revoked (SBAT, dbx).",
    next: isUnsigned
      ? "Offer bootx64.efi (Debian's signed shim, as `media pxe` makes it) instead, or switch Secure Boot off."
      : "Make the folder anew with `lifeboat media pxe`, so that shim, GRUB and kernel fit one another; enable the third party UEFI CA in the firmware's setup (many business machines have it off); or switch Secure Boot off and see whether it starts.",
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
      seen: `The machine says: ${problem.text} (${problem.code}).`,
      means: "The rescue system met this on the machine itself.",
      next: "Its screen, or serial line, has more. docs/errors.md lists the codes.",
    });
  const memory = machine?.memory;
  const hasTried = start.some(isLoad) && !start.some(({ kind }) => kind === "up");
  if (memory !== undefined && memory < LEAST_MEMORY && hasTried)
    found.push({
      ...{ code: "TOO_LITTLE_MEMORY", certainty: "sure" },
      seen: `It has ${formatBytes(memory)} of memory, and the rescue system did not come up.`,
      means: `All that is loaded from the network lies in memory: at least ${formatBytes(LEAST_MEMORY)} are needed, 2 GiB for the screen.`,
      next: "Start it from a stick, which needs less, or add memory.",
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
      seen: `It loaded the kernel${hasInitrd ? " and its initramfs" : ", and no initramfs,"} and then nothing more.`,
      means: hasInitrd
        ? "The kernel does not run on this machine, has no driver for its network card, or got no address a second time. (A system that is not Lifeboat's may run all the same: it tells nothing.)"
        : "The boot loader stopped before the initramfs was there.",
      next: "Look at the machine's screen. A card that needs firmware wants a set without `--no-firmware`; spanning tree that keeps a port shut for 30 seconds wants port fast.",
    },
  ];
}
