import type { SentencesOf } from "#ui/i18n/tell.ts";

const labelled = ({ label }: { label: string }): string => (label === "" ? "" : ` „${label}“`);

export const placeWords: SentencesOf<"place"> = {
  "place.folder": (p) => `Ordner ${p.path}`,
  "place.stick": "Der Rettungsstick",
  "place.partition": (p) => `${p.disk}, Partition ${p.number}${labelled(p)}`,
  "place.whole-disk": (p) => `${p.disk}, ganzer Datenträger${labelled(p)}`,
  "place.repository": (p) => `${p.place}: ${p.name}`,
};
