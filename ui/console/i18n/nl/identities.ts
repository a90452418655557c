import type { IdentityWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";

const { list } = createFormat(nlLocale);

export const identities: IdentityWords = {
  "list.columns": (p) => `de eerste regel noemt de kolommen; dat zijn ${list(p.columns)}`,
  "list.quote-open": "een aanhalingsteken wordt geopend en nooit gesloten",
  "list.quote-closed": "na een sluitend aanhalingsteken volgt nog iets",
  "list.machine": "machine: er is geen machine genoemd, of met meer dan 200 tekens",
  "list.hostname": (p) => `hostname: geen naam voor een computer (tot 63 letters, cijfers en streepjes): ${p.name}`,
  "list.universal": (p) => `universal: yes of no, en niet ${p.text}`,
  "list.unknown": (p) => `er is geen machine ${p.machine}`,
  "list.ambiguous": (p) => `${p.machine} kan meer machines zijn: ${list(p.found)}`,
  "list.twice": (p) => `machine ${p.machine} heeft twee regels`,
  "list.not-chosen": (p) => `machine ${p.machine} staat in de lijst, maar is niet gekozen`,
  "list.same-name": (p) => `twee machines zouden ${p.name} heten`,
  "list.too-long": (p) => `meer dan ${p.most} machines`,
};
