import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(nlLocale);

export const tableWords: SentencesOf<"table"> = {
  "table.damaged": (p) => `${p.device}: de partitietabel (${p.table}) is beschadigd: ${p.problem}`,
  "table.gpt-first": (p) => `De eerste GPT, op LBA 1, is beschadigd (${p.problem}); de reserve wordt gebruikt.`,
  "table.gpt-backup": (p) =>
    `De reserve van de GPT, op LBA ${p.lba}, is beschadigd (${p.problem}); de eerste wordt gebruikt.`,
  "table.gpt-misplaced": (p) => `De reserve van de GPT staat op LBA ${p.lba}, en niet op de laatste LBA ${p.last}.`,
  "table.gpt-differ": (p) =>
    `De GPT op LBA 1 en haar reserve op LBA ${p.lba} verschillen; die op LBA 1 wordt gebruikt.`,
  "table.no-protective": "Op LBA 0 staat geen beschermende MBR die de GPT vanaf LBA 1 afdekt.",
  "table.hybrid": (p) => `De MBR op LBA 0 noemt ook partities, op LBA ${p.starts}; hij blijft zoals hij is.`,
  "table.ebr-unread": (p) =>
    `Het uitgebreide opstartrecord op LBA ${p.lba} kan niet worden gelezen; logische partities erachter worden niet gezien.`,
  "table.ebr-unsigned": (p) =>
    `Het uitgebreide opstartrecord op LBA ${p.lba} heeft geen kenmerk; logische partities erachter worden niet gezien.`,
  "table.ends-early": (p) => `Partitie ${p.number} eindigt voor haar begin en wordt weggelaten.`,
  "table.beyond-end": (p) => `Partitie ${p.number} eindigt op LBA ${p.lba}, de schijf op LBA ${p.last}.`,
  "table.over-table": (p) => `Partitie ${p.number} ligt over de partitietabel op LBA ${p.lba}.`,
  "table.overlap": (p) => `Partities ${p.number} en ${p.other} overlappen vanaf LBA ${p.lba}.`,
  "table.outside-extended": (p) =>
    `Logische partitie ${p.number} op LBA ${p.lba} ligt niet helemaal in de uitgebreide partitie.`,
  "table.both-copies": (p) => `eerste: ${p.first}; reserve: ${p.second}`,
  "table.other-sectors": (p) => `${p.problem}. Er is een GPT voor sectoren van ${number(p.sectorSize)} bytes`,
  "table.header-size": (p) => `zijn grootte zou ${p.bytes} bytes zijn`,
  "table.checksum": "de controlesom klopt niet",
  "table.says-lba": (p) => `hij zegt dat hij op LBA ${p.lba} staat`,
  "table.entry-size": (p) => `een regel zou ${p.bytes} bytes hebben`,
  "table.entry-count": (p) => `aantal regels: ${p.entries}`,
  "table.entries-at": (p) => `zijn regels zouden op LBA ${p.lba} staan`,
  "table.usable": (p) => `partities mogen LBA ${p.lba} tot ${p.last} gebruiken`,
  "table.no-header": "er is geen kop",
  "table.own-backup": "de eerste kop noemt zichzelf als reserve",
  "table.disk-ends": "de schijf eindigt ervoor",
  "table.header-unread": "de kop kan niet worden gelezen",
  "table.entries-unread": (p) => `de regels op LBA ${p.lba} kunnen niet worden gelezen`,
  "table.entries-checksum": (p) => `de controlesom van de regels op LBA ${p.lba} klopt niet`,
  "table.entry-beyond": (p) => `regel ${p.entry} ligt voorbij elke schijf`,
  "table.chain-loops": (p) => `de keten van uitgebreide opstartrecords keert terug naar LBA ${p.lba}`,
  "table.chain-long": (p) => `meer dan ${p.most} uitgebreide opstartrecords, het laatste op LBA ${p.lba}`,
  "table.read-fails": (p) => `lezen lukt niet bij byte ${p.offset}: ${p.reason}`,
  "table.open-fails": (p) => `het openen lukt niet: ${p.reason}`,
  "table.only-root": "alleen root mag hem lezen",
  "table.not-even-root": "dit systeem laat niet eens root hem lezen",
  "table.no-medium": "er zit geen medium in",
  "table.gone": "hij antwoordt niet: hij is losgekoppeld of defect",
};
