import type { StepWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { plural } from "#ui/i18n/nl/plural.ts";

const { bytes, duration, number } = createFormat(nlLocale);

const named = ({ found, more }: { found: readonly string[]; more: number }): string =>
  found.length === 0 ? "" : ` (${found.join(", ")}${more > 0 ? ` en nog ${number(more)}` : ""})`;

export const steps: StepWords = {
  "step.card": (p) => `${p.interface}: ${p.text}`,
  "step.http": (p) =>
    `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, ${bytes(p.bytes)} in ${duration(p.seconds)}`,
  "step.http-broken": (p) => `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, afgebroken na ${bytes(p.bytes)}`,
  "step.lost": (p) => `${p.code}: ${p.text}`,
  "step.back": (p) => `${p.interface} is terug: er wordt weer aangeboden op ${p.address}`,
  "step.menu": (p) => `${p.client} heeft het menu ${p.title}`,
  "step.menu-chosen": (p) => `${p.client} start ${p.title}`,
  "step.menu-refused": (p) => `${p.client} start ${p.title} niet: ${p.reason}`,
  "step.offered": (p) => `${p.mac} krijgt ${p.address} aangeboden`,
  "step.bound": (p) => `${p.mac} heeft ${p.address}`,
  "step.renewed": (p) => `${p.mac} houdt ${p.address}`,
  "step.released": (p) => `${p.mac} geeft ${p.address} terug`,
  "step.declined": (p) =>
    `${p.mac} neemt ${p.address} niet: een andere computer gebruikt het. Het adres rust tien minuten`,
  "step.conflict": (p) =>
    `${p.address} is niet aangeboden aan ${p.mac}: een andere computer gebruikt het (${p.user}). Het adres rust tien minuten`,
  "step.address-refused": (p) => `${p.mac} mag ${p.address} niet gebruiken: ${p.reason}`,
  "step.none-free": (p) => `${p.mac} krijgt geen adres: in ${p.subnet} is er geen vrij`,
  "step.relay": (p) => `${p.mac} krijgt geen adres: de relay ${p.relay} is in geen netwerk dat hier bekend is`,
  "step.other-server": (p) =>
    `Een andere DHCP-server geeft hier adressen: ${p.server}. Een van beide moet weg, of computers krijgen adressen van twee soorten`,
  "step.other-server-taken": (p) =>
    `Een andere DHCP-server geeft hier adressen: ${p.server} (${p.mac} nam zijn aanbod). Een van beide moet weg, of computers krijgen adressen van twee soorten`,
  "step.not-saved": (p) =>
    `Uitgegeven adressen kunnen niet worden opgeslagen, dus er wordt geen adres gegeven: ${p.reason}`,
  "step.answered": (p) => `${p.mac} (${p.kind}) moet ${p.file} laden`,
  "step.passed-over": (p) => `${p.mac} (${p.kind}) krijgt geen antwoord: ${p.reason}`,
  "kind.http": (p) => `${p.kind}, HTTP-opstart`,
  "kind.unknown": (p) => `architectuur ${p.code}`,
  "step.tftp-begins": (p) => `${p.client} TFTP ${p.file}: begint`,
  "step.tftp-refused": (p) => `${p.client} TFTP ${p.file}: ${p.reason}`,
  "step.tftp": (p) => `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} in ${duration(p.seconds)}`,
  "step.tftp-resent": (p) =>
    `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} in ${duration(p.seconds)}, opnieuw verzonden blokken: ${number(p.blocks)}`,
  "step.tftp-ended": (p) =>
    `${p.client} TFTP ${p.file}: ${p.outcome} na ${bytes(p.bytes)} van ${bytes(p.size)}${p.reason === "" ? "" : ` (${p.reason})`}`,
  "notice.cleaned": (p) =>
    [
      `${p.name}: ${plural(p.count, { one: "# punt gewist", other: "# punten gewist" })}${named(p)}, ${bytes(p.freed)} vrijgemaakt${p.later > 0 ? `, nog ${bytes(p.later)} bij een latere keer` : ""}`,
      ...p.warnings,
    ].join("; "),
};
