import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, place } = createFormat(frLocale);

export const editWords: SentencesOf<"edit"> = {
  "edit.partition": (p) =>
    facts(`partition ${p.number}`, p.label === "" ? "" : `« ${p.label} »`, p.filesystem, bytes(p.size)),
  "edit.create": (p) =>
    `Créer la partition ${p.number}${p.filesystem === "" ? "" : ` avec ${p.filesystem}`}, ${bytes(p.size)} à partir de ${place(p.start)}`,
  "edit.delete": (p) => `Supprimer : ${p.partition}`,
  "edit.move": (p) => `Déplacer : ${p.partition}, de ${place(p.oldStart)} à ${place(p.start)}`,
  "edit.shrink": (p) => `Réduire : ${p.partition}, à ${bytes(p.size)}`,
  "edit.grow": (p) => `Agrandir : ${p.partition}, à ${bytes(p.size)}`,
  "edit.format": (p) => `Créer un ${p.filesystem} vide dans : ${p.partition}`,
  "edit.label": (p) => `Donner à ${p.filesystem} de la partition ${p.number} l’étiquette « ${p.label} »`,
  "edit.name": (p) => `Nommer la partition ${p.number} « ${p.name} » dans la table`,
  "edit.type": (p) => `Donner à la partition ${p.number} le type ${p.type}`,
  "edit.active": (p) => `Marquer la partition ${p.number} comme celle qu’un ancien micrologiciel (BIOS) démarre`,
  "edit.inactive": (p) => `Retirer à la partition ${p.number} la marque de démarrage (BIOS)`,
  "edit.convert": (p) => `Convertir la table de partitions en ${p.table} ; aucune partition n’est déplacée`,
  "edit.table": (p) => `Créer une table de partitions vide (${p.table})`,
  "edit.converted-may-fail":
    "Un ordinateur qui démarre de ce disque aura peut-être besoin d’un nouveau chargeur, et son micrologiciel d’un autre mode",
  "edit.moved-may-fail": (p) =>
    `Un ordinateur démarre peut-être de la partition ${p.number} : un chargeur qui connaît sa place ne la trouvera plus`,
};
