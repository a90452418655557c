import type { SentencesOf } from "#ui/i18n/tell.ts";

const labelled = ({ label }: { label: string }): string => (label === "" ? "" : ` «${label}»`);

export const placeWords: SentencesOf<"place"> = {
  "place.folder": (p) => `carpeta ${p.path}`,
  "place.stick": "La memoria de rescate",
  "place.partition": (p) => `${p.disk}, partición ${p.number}${labelled(p)}`,
  "place.whole-disk": (p) => `${p.disk}, disco entero${labelled(p)}`,
  "place.repository": (p) => `${p.place}: ${p.name}`,
};
