import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { plural } from "#ui/i18n/fr/plural.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(frLocale);

const within = (volume: string): string => (volume === "" ? "" : `${volume} dans `);
const content = (p: { content: string; volume: string; number: number }): string =>
  `${p.content === "" ? "" : `${p.content}, `}${within(p.volume)}partition ${p.number}`;

export const planWords: SentencesOf<"plan" | "loss" | "confirm" | "warning"> = {
  "plan.save-old": (p) =>
    `Garder l’ancienne table de partitions, les zones d’amorçage et les superblocs de ${p.disk}, pour pouvoir les récupérer (${bytes(p.most)} au plus, ${p.path})`,
  "plan.make-partition": (p) =>
    `Créer la partition ${p.number} de ${p.disk}, ${bytes(p.size)} à partir de ${place(p.start)}`,
  "plan.add-partition": (p) =>
    `Créer la partition ${p.number} (${p.type}), ${bytes(p.size)} à partir de ${place(p.start)}`,
  "plan.clear-partition": (p) => `Retirer ce qui marque l’ancien contenu de la partition ${p.number}`,
  "plan.clear-table": (p) => `Supprimer l’ancienne table de partitions de ${p.disk}`,
  "plan.write-zeros": (p) => `Écrire des zéros là où l’image n’a pas de données : ${bytes(p.bytes)}`,
  "plan.write-region": (p) => `Écrire : ${p.region}, ${bytes(p.used)} sur ${bytes(p.size)}`,
  "plan.compare-region": (p) =>
    `Comparer : ${p.region}, ${bytes(p.used)} sur ${bytes(p.size)}, et écrire ce qui diffère`,
  "plan.region": (p) => `partition ${p.number}${p.filesystem === "" ? "" : ` (${p.filesystem})`}`,
  "plan.region-whole": "tout le disque",
  "plan.region-end": (p) => `fin de la partition ${p.number}`,
  "plan.write-boot-areas": "Écrire les zones d’amorçage et les secteurs de démarrage",
  "plan.write-boot-sectors": "Écrire les secteurs de démarrage",
  "plan.verify-all": (p) => `Tout relire et comparer avec ${p.isClone ? "la source" : "l’image"}`,
  "plan.verify-written": (p) => `Relire ce qui a été écrit et comparer avec ${p.isClone ? "la source" : "l’image"}`,
  "plan.name-volume": (p) =>
    `Donner à ${p.container} (${within(p.volume)}partition ${p.number}) l’UUID ${p.to} au lieu de ${p.from}`,
  "plan.name-group": (p) =>
    `Nommer le groupe de volumes ${p.from} (${within(p.volume)}partition ${p.number}) ${p.to}, avec l’UUID ${p.toId} au lieu de ${p.fromId}, et donner d’autres UUID à son volume physique et à ${plural(p.count, { one: "son volume logique", many: "ses # de volumes logiques", other: "ses # volumes logiques" })}`,
  "plan.name-references": (p) =>
    plural(p.count, {
      one: "Écrire le nouveau nom dans la configuration des systèmes (fstab, GRUB et autres), à la place de l’ancien",
      many: "Écrire # de nouveaux noms dans la configuration des systèmes (fstab, GRUB et autres), à la place des anciens",
      other:
        "Écrire # nouveaux noms dans la configuration des systèmes (fstab, GRUB et autres), à la place des anciens",
    }),
  "plan.shrink": (p) => `Réduire : ${content(p)}, de ${bytes(p.oldSize)} à ${bytes(p.size)}`,
  "plan.grow": (p) => `Agrandir : ${content(p)}, de ${bytes(p.oldSize)} à ${bytes(p.size)}`,
  "plan.remake": (p) => `Refaire avec ${bytes(p.size)} et y copier les fichiers : ${content(p)}`,
  "plan.write-start": (p) => `Écrire le début de la partition ${p.number}, en tout dernier`,
  "plan.write-new-table": (p) => `Écrire une nouvelle table de partitions (${p.table}), en tout dernier`,
  "plan.write-table": "Écrire la table de partitions, en tout dernier",
  "plan.write-disk-start": "Écrire le début du disque, en tout dernier",
  "plan.mend": (p) => `Ensuite : ${p.parts.join(" ; ")}`,
  "plan.mend-start": "réparer, là où il le faut, ce qui démarre les systèmes",
  "plan.mend-uefi": "les faire démarrer sous UEFI",
  "plan.mend-bios": "les faire démarrer sous un ancien micrologiciel (BIOS)",
  "plan.mend-moved": "dire à un Windows comment s’appellent maintenant ses partitions",
  "plan.mend-universal": "les faire démarrer sur un autre matériel",
  "plan.mend-identity": (p) => `en faire un autre ordinateur${p.hostname === "" ? "" : `, nommé ${p.hostname}`}`,

  "loss.partition": (p) =>
    facts(`partition ${p.number}`, p.label === "" ? "" : `« ${p.label} »`, p.content, bytes(p.size)),
  "loss.whole-disk": (p) =>
    facts(
      "le système de fichiers sur tout le disque",
      p.label === "" ? "" : `« ${p.label} »`,
      p.content,
      bytes(p.size),
    ),
  "loss.moving": (p) => `partition ${p.number}, en cours de déplacement ou de redimensionnement`,
  "loss.unknown": "des données d’un genre inconnu, sans table de partitions",
  "loss.damaged": (p) => `tout ce qui s’y trouve : ${p.damage}`,
  "loss.table": (p) => `une table de partitions vide (${p.table})`,

  "confirm.nothing": (p) => `${p.disk} ne contient pas de données qui seraient perdues.`,
  "confirm.erase": (p) =>
    `Je comprends que sur ${p.disk} sera effacé : ${p.loss}${p.others === 0 ? "" : ` et ${number(p.others)} de plus`}.`,

  "warning.undo-unwanted": (p) =>
    `Rien de ${p.disk} n’est gardé, comme demandé : l’ancien contenu ne pourra pas être récupéré`,
  "warning.undo-no-place": (p) =>
    `Il n’y a pas de place pour garder ce qui ferait retrouver l’ancien contenu de ${p.disk} : il ne pourra pas être récupéré`,
  "warning.undo-in-memory": (p) =>
    `Ce qui fait retrouver l’ancien contenu de ${p.disk} n’est gardé qu’en mémoire : copiez ${p.path} sur un autre support avant d’éteindre cet ordinateur`,
  "warning.in-image": (p) => `Dans l’image : ${p.problem}`,
  "warning.filesystem": (p) => `Partition ${p.number} dans l’image : ${p.problem}`,
  "warning.left-out": (p) =>
    `La partition ${p.number} (${facts(p.filesystem, bytes(p.size))}) n’est pas dans l’image : elle sera là, mais vide`,
  "warning.lacks": (p) =>
    `Il manque ${bytes(p.bytes)} à l’image, à ${plural(p.places, { one: "# endroit", many: "# d’endroits", other: "# endroits" })} qu’on n’a pas pu lire en la faisant ; sur la cible, ce seront des zéros`,
  "warning.free-end": (p) => `${bytes(p.free)} à la fin de ${p.disk} restent inutilisés`,
  "warning.unfinished": "Une restauration précédente sur ce disque n’a pas été terminée",
  "warning.no-serial": (p) =>
    `${p.path} n’indique pas de numéro de série : après un redémarrage, ou si des disques sont branchés, un autre disque peut porter ce nom. Assurez-vous que c’est le bon, et commencez aussitôt`,
  "warning.salvage": "Les parties endommagées de l’image deviendront des zéros sur la cible",
  "warning.boot-loader-ids":
    "Un chargeur pour ancien micrologiciel (BIOS) peut contenir un ancien UUID ou le nom d’un groupe LVM, et rien ne change cela ici : si la copie ne démarre pas, réparez sous « Démarrage » ce qui la démarre",
  "warning.twin": (p) =>
    `La copie a les mêmes identifiants que sa source : ne démarrez aucun ordinateur où les deux sont branchées${p.canDiffer ? ", ou donnez-lui les siens dans la disposition" : ""}`,
};
