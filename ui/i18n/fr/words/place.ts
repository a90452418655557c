import type { SentencesOf } from "#ui/i18n/tell.ts";

const labelled = ({ label }: { label: string }): string => (label === "" ? "" : ` « ${label} »`);

export const placeWords: SentencesOf<"place"> = {
  "place.folder": (p) => `dossier ${p.path}`,
  "place.stick": "La clé de secours",
  "place.partition": (p) => `${p.disk}, partition ${p.number}${labelled(p)}`,
  "place.whole-disk": (p) => `${p.disk}, disque entier${labelled(p)}`,
  "place.repository": (p) => `${p.place} : ${p.name}`,
};
