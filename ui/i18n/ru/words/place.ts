import type { SentencesOf } from "#ui/i18n/tell.ts";

const labelled = ({ label }: { label: string }): string => (label === "" ? "" : ` «${label}»`);

export const placeWords: SentencesOf<"place"> = {
  "place.folder": (p) => `папка ${p.path}`,
  "place.stick": "Флешка восстановления",
  "place.partition": (p) => `${p.disk}, раздел ${p.number}${labelled(p)}`,
  "place.whole-disk": (p) => `${p.disk}, весь диск${labelled(p)}`,
  "place.repository": (p) => `${p.place}: ${p.name}`,
};
