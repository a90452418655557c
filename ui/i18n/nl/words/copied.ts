import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(nlLocale);

export const copiedWords: SentencesOf<"copied"> = {
  "copied.done": (p) => `Gekopieerd naar ${p.target}: ${number(p.count)} bestanden en mappen, ${bytes(p.bytes)}`,
  "copied.loss": (p) => `! ${p.what}: ${number(p.count)}, ${p.names}`,
  "copied.lacks": (p) => `! aan de kopie ontbreekt iets: ${p.name} (${p.reason})`,
  "copied.damaged": (p) => `! beschadigd in het image, niet gekopieerd: ${p.name} (${p.reason})`,
  "copied.failed": (p) => `! niet gekopieerd: ${p.name} (${p.reason})`,
  "copied.owners": "de eigenaars gaan verloren",
  "copied.permissions": "de rechten gaan verloren",
  "copied.access-lists": "de toegangslijsten (ACL’s) gaan verloren",
  "copied.streams": "de alternatieve gegevensstromen gaan verloren",
  "copied.attributes": "de uitgebreide attributen gaan verloren",
  "copied.symbolic-links": "symbolische koppelingen kunnen daar niet bestaan en worden weggelaten",
  "copied.special-files": "sockets, pipes en apparaatbestanden kunnen daar niet bestaan en worden weggelaten",
  "copied.hard-links": "bestanden met meerdere namen worden meerdere bestanden",
  "copied.holes": "gaten in bestanden worden met nullen gevuld",
  "copied.compression": "de NTFS-compressie gaat verloren: de kopieën nemen meer ruimte in",
  "copied.ntfs": "de beveiligingsgegevens en attributen van NTFS gaan verloren",
  "copied.streams-moved": "de alternatieve gegevensstromen worden uitgebreide attributen",
};
