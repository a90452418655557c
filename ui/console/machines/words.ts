import type { Entry } from "#pxe/console/contract.ts";
import { c, told } from "#ui/console/i18n/index.ts";
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

type Part = { readonly text: string; readonly lang?: "en" } | string | undefined;

function together(...parts: readonly Part[]): { readonly text: string; readonly lang?: "en" } {
  const said = parts.flatMap((part) =>
    part === undefined ? [] : typeof part === "string" ? [{ text: part }] : [part],
  );
  const text = said.flatMap((part) => (part.text === "" ? [] : [part.text])).join(" · ");
  return said.some((part) => "lang" in part) ? { text, lang: "en" } : { text };
}

/** What else is known of an entry. What machines and tools say themselves stays as it is, and is taken for English. */
export function entryDetail(entry: Entry): { readonly text: string; readonly lang?: "en" } {
  const { said } = entry;
  switch (entry.kind) {
    case "discover":
      return together(entry.mac, entry.ipxe ? "iPXE" : undefined, entry.relay, entry.interface);
    case "offer":
      return together(entry.file, entry.address);
    case "no offer":
    case "no address":
      return together(told({ text: entry.reason, said }));
    case "address":
      return together(entry.address);
    case "tftp": {
      const how = [entry.outcome, entry.reason].filter((part) => part !== undefined).join(" · ");
      return together(loaded(entry), isTrouble(entry) ? told({ text: how, said }) : entry.reason);
    }
    case "http":
      return together(loaded(entry), String(entry.status), entry.agent);
    case "menu":
      return together(entry.title, entry.reason && told({ text: entry.reason, said }));
    case "kernel":
      return together(entry.file);
    case "problem":
      return together(told({ text: entry.text, said }), entry.code);
    default:
      return together(told({ text: entry.text, said }));
  }
}
