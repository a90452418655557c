import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(frLocale);

export const cannotWords: SentencesOf<"cannot"> = {
  "cannot.no-table": "le disque n’a pas de table de partitions ; créez-en d’abord une",
  "cannot.table-damaged": (p) => `sa table de partitions n’est pas en ordre : ${p.why}`,
  "cannot.no-partition": (p) => `il n’y a pas de partition ${p.number}`,
  "cannot.delete-used": (p) => `la partition ${p.number} est utilisée (${p.use}) et ne peut pas être supprimée`,
  "cannot.format-used": (p) => `la partition ${p.number} est utilisée (${p.use}) et ne peut pas être formatée`,
  "cannot.label-used": (p) => `la partition ${p.number} est utilisée (${p.use}) et ne peut pas recevoir d’étiquette`,
  "cannot.move-used": (p) => `la partition ${p.number} est utilisée (${p.use}) et ne peut pas être déplacée`,
  "cannot.resize-used": (p) => `la partition ${p.number} est utilisée (${p.use}) et ne peut pas être redimensionnée`,
  "cannot.holds-logical": (p) => `la partition ${p.number} contient des partitions logiques ; supprimez-les d’abord`,
  "cannot.only-holds": (p) => `la partition ${p.number} ne fait que contenir d’autres partitions`,
  "cannot.move-holder": (p) => `la partition ${p.number} ne fait que contenir d’autres partitions ; déplacez celles-ci`,
  "cannot.label": (p) => `aucun outil ne donne d’étiquette au contenu de la partition ${p.number}`,
  "cannot.name-mbr": "dans un MBR les partitions n’ont pas de nom ; donnez une étiquette au système de fichiers",
  "cannot.type-extended": (p) => `la partition ${p.number} est étendue, et le reste`,
  "cannot.start-logical": (p) =>
    `la partition ${p.number} n’est pas principale (${p.role}) : seules les principales démarrent`,
  "cannot.same-table": "le disque a déjà une table de ce genre",
  "cannot.convert": (p) => `la table ne peut pas être convertie sur place : ${p.why}`,
  "cannot.free": (p) =>
    `${bytes(p.size)} ne sont pas libres d’un seul tenant ; le plus grand espace libre a ${bytes(p.free)}`,
  "cannot.free-at": (p) =>
    `${bytes(p.size)} ne sont pas libres à ${place(p.start)} ; le plus grand espace libre a ${bytes(p.free)}`,
  "cannot.gpt-full": (p) => `la table ne peut pas avoir plus de ${number(p.count)} partitions`,
  "cannot.mbr-full": (p) =>
    `la table ne peut pas avoir plus de ${number(p.count)} partitions ; créez-en une logique, supprimez-en une, ou convertissez la table en GPT`,
  "cannot.start": (p) => `la partition ${p.number} peut commencer entre ${place(p.start)} et ${place(p.lastStart)}`,
  "cannot.starts-there": (p) => `la partition ${p.number} commence déjà là`,
  "cannot.others-behind": (p) =>
    `la partition ${p.number} peut avoir ${bytes(p.free)} au plus : il y en a d’autres derrière`,
  "cannot.smaller": (p) =>
    `la partition ${p.number} a besoin d’au moins ${bytes(p.size)} (${number(p.count)} octets)${p.why === "" ? "" : ` : ${p.why}`}`,
  "cannot.larger": (p) =>
    `la partition ${p.number} peut avoir ${bytes(p.size)} au plus${p.why === "" ? "" : ` : ${p.why}`}`,
  "cannot.same-size": (p) => `la partition ${p.number} a déjà cette taille`,
  "cannot.layout-no-table": "le disque de l’image n’a pas de table de partitions",
  "cannot.layout-whole": "l’image contient son disque en entier, car la place de ses partitions ne dit rien de sûr",
  "cannot.layout-empty": "il n’y aurait aucune partition sur le disque",
  "cannot.layout-no-system": (p) => `ni Linux ni Windows n’ont été trouvés sur ${p.name} ; choisissez les partitions`,
  "cannot.layout-no-data": (p) => `il n’y a pas de partition ${p.number} avec des données dans l’image`,
  "cannot.layout-twice": (p) => `la partition ${p.number} y est deux fois`,
  "cannot.layout-number": (p) => `le numéro ${p.number} dépasse ${number(p.count)}`,
  "cannot.layout-number-twice": (p) => `le numéro ${p.number} est donné deux fois`,
  "cannot.layout-full": (p) => `plus de partitions que la table ne peut en avoir (${number(p.count)})`,
  "cannot.layout-start": (p) => `${p.partition} ne peut pas commencer à ${place(p.start)}`,
  "cannot.layout-order": (p) => `${p.partition} commence avant ce qui la précède`,
  "cannot.layout-room": (p) => `il n’y a pas de place avant ${place(p.start)} pour : ${p.list.join(", ")}`,
  "cannot.layout-smaller": (p) =>
    `${p.partition} a besoin d’au moins ${number(p.count)} octets${p.why === "" ? "" : ` : ${p.why}`}`,
  "cannot.layout-larger": (p) =>
    `${p.partition} peut avoir ${number(p.count)} octets au plus${p.why === "" ? "" : ` : ${p.why}`}`,
  "cannot.layout-none-grows": (p) => `il n’y a pas de partition ${p.number} qui puisse s’agrandir`,
  "cannot.layout-grow": (p) => `${p.partition} ne peut pas s’agrandir${p.why === "" ? "" : ` : ${p.why}`}`,
  "cannot.layout-record": (p) =>
    `il n’y a pas de secteur libre devant la partition logique ${p.number} pour son enregistrement`,
  "cannot.journal":
    "il n’y a pas de Mio libre sur le disque pour le journal nécessaire en cas de coupure de courant ; faites d’abord un peu de place",
};
