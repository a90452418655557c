import type { SentencesOf } from "#ui/i18n/tell.ts";

const labelled = ({ label }: { label: string }): string => (label === "" ? "" : ` “${label}”`);

export const placeWords: SentencesOf<"place"> = {
  "place.folder": (p) => `pasta ${p.path}`,
  "place.stick": "O pendrive de resgate",
  "place.partition": (p) => `${p.disk}, partição ${p.number}${labelled(p)}`,
  "place.whole-disk": (p) => `${p.disk}, disco inteiro${labelled(p)}`,
  "place.repository": (p) => `${p.place}: ${p.name}`,
};
