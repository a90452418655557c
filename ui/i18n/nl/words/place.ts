import type { SentencesOf } from "#ui/i18n/tell.ts";

const labelled = ({ label }: { label: string }): string => (label === "" ? "" : ` “${label}”`);

export const placeWords: SentencesOf<"place"> = {
  "place.folder": (p) => `map ${p.path}`,
  "place.stick": "De reddingsstick",
  "place.partition": (p) => `${p.disk}, partitie ${p.number}${labelled(p)}`,
  "place.whole-disk": (p) => `${p.disk}, hele schijf${labelled(p)}`,
  "place.repository": (p) => `${p.place}: ${p.name}`,
};
