import type { StepWords } from "#pxe/console/contract.ts";
import { deLocale } from "#ui/i18n/de/locale.ts";
import { plural } from "#ui/i18n/de/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";

const { bytes, duration, number } = createFormat(deLocale);

const named = ({ found, more }: { found: readonly string[]; more: number }): string =>
  found.length === 0 ? "" : ` (${found.join(", ")}${more > 0 ? ` und ${number(more)} weitere` : ""})`;

export const steps: StepWords = {
  "step.card": (p) => `${p.interface}: ${p.text}`,
  "step.http": (p) =>
    `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, ${bytes(p.bytes)} in ${duration(p.seconds)}`,
  "step.http-broken": (p) => `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, abgebrochen nach ${bytes(p.bytes)}`,
  "step.lost": (p) => `${p.code}: ${p.text}`,
  "step.back": (p) => `${p.interface} ist wieder da: Bei ${p.address} wird wieder angeboten`,
  "step.menu": (p) => `${p.client} hat das Menü ${p.title}`,
  "step.menu-chosen": (p) => `${p.client} startet ${p.title}`,
  "step.menu-refused": (p) => `${p.client} startet ${p.title} nicht: ${p.reason}`,
  "step.offered": (p) => `${p.mac} wird ${p.address} angeboten`,
  "step.bound": (p) => `${p.mac} hat ${p.address}`,
  "step.renewed": (p) => `${p.mac} behält ${p.address}`,
  "step.released": (p) => `${p.mac} gibt ${p.address} zurück`,
  "step.declined": (p) =>
    `${p.mac} nimmt ${p.address} nicht: Ein anderer Computer benutzt die Adresse. Sie ruht zehn Minuten`,
  "step.conflict": (p) =>
    `${p.address} wurde ${p.mac} nicht angeboten: Ein anderer Computer benutzt die Adresse (${p.user}). Sie ruht zehn Minuten`,
  "step.address-refused": (p) => `${p.mac} darf ${p.address} nicht benutzen: ${p.reason}`,
  "step.none-free": (p) => `${p.mac} bekommt keine Adresse: In ${p.subnet} ist keine frei`,
  "step.relay": (p) => `${p.mac} bekommt keine Adresse: Das Relay ${p.relay} ist in keinem Netz, das hier bekannt ist`,
  "step.other-server": (p) =>
    `Ein anderer DHCP-Server vergibt hier Adressen: ${p.server}. Einer von beiden muss weg, sonst bekommen Computer Adressen zweierlei Art`,
  "step.other-server-taken": (p) =>
    `Ein anderer DHCP-Server vergibt hier Adressen: ${p.server} (${p.mac} nahm sein Angebot an). Einer von beiden muss weg, sonst bekommen Computer Adressen zweierlei Art`,
  "step.not-saved": (p) => `Vergebene Adressen lassen sich nicht speichern, darum wird keine vergeben: ${p.reason}`,
  "step.answered": (p) => `${p.mac} (${p.kind}) soll ${p.file} laden`,
  "step.passed-over": (p) => `${p.mac} (${p.kind}) bekommt keine Antwort: ${p.reason}`,
  "kind.http": (p) => `${p.kind}, HTTP-Start`,
  "kind.unknown": (p) => `Architektur ${p.code}`,
  "step.tftp-begins": (p) => `${p.client} TFTP ${p.file}: beginnt`,
  "step.tftp-refused": (p) => `${p.client} TFTP ${p.file}: ${p.reason}`,
  "step.tftp": (p) => `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} in ${duration(p.seconds)}`,
  "step.tftp-resent": (p) =>
    `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} in ${duration(p.seconds)}, erneut gesendete Blöcke: ${number(p.blocks)}`,
  "step.tftp-ended": (p) =>
    `${p.client} TFTP ${p.file}: ${p.outcome} nach ${bytes(p.bytes)} von ${bytes(p.size)}${p.reason === "" ? "" : ` (${p.reason})`}`,
  "notice.cleaned": (p) =>
    [
      `${p.name}: ${plural(p.count, { one: "# Punkt gelöscht", other: "# Punkte gelöscht" })}${named(p)}, ${bytes(p.freed)} frei geworden${p.later > 0 ? `, ${bytes(p.later)} mehr bei einem späteren Lauf` : ""}`,
      ...p.warnings,
    ].join("; "),
};
