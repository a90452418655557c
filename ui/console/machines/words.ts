import type { Entry } from "#pxe/console/contract.ts";
import { c } from "#ui/console/i18n/index.ts";
import { isTrouble, namesFile } from "#ui/console/machines/stages.ts";
import { format } from "#ui/i18n/index.ts";
import type { IconName } from "#ui/parts/icon.tsx";

/** What a kind of entry is called; those with a blank in them, too. */
const keys = {
  discover: "entry.discover",
  offer: "entry.offer",
  "no offer": "entry.no-offer",
  address: "entry.address",
  "no address": "entry.no-address",
  tftp: "entry.tftp",
  http: "entry.http",
  menu: "entry.menu",
  kernel: "entry.kernel",
  up: "entry.up",
  job: "entry.job",
  done: "entry.done",
  problem: "entry.problem",
  wake: "entry.wake",
  identity: "entry.identity",
} as const satisfies Record<Entry["kind"], string>;

export const entryTitle = (entry: Entry): string =>
  entry.kind === "offer" && !namesFile(entry) ? c("entry.offer-address") : c(keys[entry.kind]);

export function entryIcon(entry: Entry): IconName {
  if (isTrouble(entry)) return "warning";
  if (entry.kind === "done") return "check";
  return entry.kind === "job" || entry.kind === "up" ? "run" : "info";
}

const loaded = ({ file, bytes, seconds }: { file: string; bytes: number; seconds: number }): string =>
  c("entry.loaded", { file, size: format.bytes(bytes), time: format.duration(seconds) });

const together = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join(" · ");

/** What else is known of an entry. What machines and the engine say themselves stays as it is. */
export function entryDetail(entry: Entry): string {
  switch (entry.kind) {
    case "discover":
      return together([entry.mac, entry.ipxe ? "iPXE" : undefined, entry.relay]);
    case "offer":
      return together([entry.file, entry.address]);
    case "no offer":
    case "no address":
      return together([entry.reason]);
    case "address":
      return entry.address;
    case "tftp":
      return together([loaded(entry), isTrouble(entry) ? entry.outcome : undefined, entry.reason]);
    case "http":
      return together([loaded(entry), String(entry.status), entry.agent]);
    case "menu":
      return together([entry.title, entry.reason]);
    case "kernel":
      return entry.file;
    case "problem":
      return together([entry.text, entry.code]);
    default:
      return entry.text;
  }
}
