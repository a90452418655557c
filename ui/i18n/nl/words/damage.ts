import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(nlLocale);

export const damageWords: SentencesOf<"damage" | "damaged"> = {
  "damage.lost": "de repository is het pak met zijn gegevens kwijt",
  "damage.file-cut": (p) => `${p.path} is afgekapt`,
  "damage.cut": "het is afgekapt",
  "damage.length": "de lengte ervan kan niet kloppen",
  "damage.other": "de kop ervan hoort bij een ander stuk",
  "damage.content": "de inhoud ervan past niet bij de SHA-256",
  "damage.data": "de gegevens ervan passen niet bij hun controlesom",
  "damage.no-header": "de kop ervan is niet die van een stuk",
  "damage.header": "de kop ervan past niet bij zijn controlesom",
  "damage.expand": "de gegevens ervan kunnen niet worden uitgepakt",
  "damage.plain": "het is niet versleuteld",
  "damage.sealed-header": "de kop ervan zegt meer dan die van een versleuteld stuk mag zeggen",
  "damage.seal": "het is veranderd of hoort niet bij dit image: het echtheidskenmerk klopt niet",
  "damaged.chunk": (p) =>
    `stuk ${number(p.number)} van ${p.region}, ${number(p.count)} bytes vanaf byte ${number(p.start)} van de schijf: ${p.problem}`,
};

/** Why a partition cannot live on sectors of another size. */
export const sectorWords: SentencesOf<"sector"> = {
  "sector.encrypted": "wat erin versleuteld is, kan van de sectorgrootte afhangen",
  "sector.filesystem": (p) => `van ${p.filesystem} is niet bekend dat het op sectoren van een andere grootte werkt`,
  "sector.blocks": (p) =>
    `de blokken van ${p.filesystem} erin hebben ${number(p.number)} bytes en mogen niet kleiner zijn dan sectoren`,
  "sector.ntfs": (p) =>
    `Windows leest een NTFS alleen op sectoren van de grootte waarvoor het is gemaakt: ${number(p.number)} bytes`,
  "sector.exfat": "geen programma maakt een exFAT opnieuw met alles wat erin staat",
  "sector.inside": (p) => `${p.volume} erin (${p.filesystem}) kan van de sectorgrootte afhangen`,
};
