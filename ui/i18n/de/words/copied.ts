import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(deLocale);

export const copiedWords: SentencesOf<"copied"> = {
  "copied.done": (p) => `Kopiert nach ${p.target}: ${number(p.count)} Dateien und Ordner, ${bytes(p.bytes)}`,
  "copied.loss": (p) => `! ${p.what}: ${number(p.count)}, ${p.names}`,
  "copied.lacks": (p) => `! der Kopie fehlt etwas: ${p.name} (${p.reason})`,
  "copied.damaged": (p) => `! im Abbild beschädigt, nicht kopiert: ${p.name} (${p.reason})`,
  "copied.failed": (p) => `! nicht kopiert: ${p.name} (${p.reason})`,
  "copied.owners": "die Besitzer gehen verloren",
  "copied.permissions": "die Zugriffsrechte gehen verloren",
  "copied.access-lists": "die Zugriffslisten (ACLs) gehen verloren",
  "copied.streams": "die alternativen Datenströme gehen verloren",
  "copied.attributes": "die erweiterten Attribute gehen verloren",
  "copied.symbolic-links": "symbolische Verknüpfungen kann es dort nicht geben, sie werden weggelassen",
  "copied.special-files": "Sockets, Pipes und Gerätedateien kann es dort nicht geben, sie werden weggelassen",
  "copied.hard-links": "Dateien mit mehreren Namen werden zu mehreren Dateien",
  "copied.holes": "Lücken in Dateien werden mit Nullen gefüllt",
  "copied.compression": "die Komprimierung von NTFS geht verloren: Die Kopien brauchen mehr Platz",
  "copied.ntfs": "die Sicherheitsbeschreibungen und Attribute von NTFS gehen verloren",
  "copied.streams-moved": "die alternativen Datenströme werden zu erweiterten Attributen",
};
