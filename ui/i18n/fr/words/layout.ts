import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(frLocale);
const within = (volume: string): string => (volume === "" ? "" : `${volume} dans `);

export const layoutWords: SentencesOf<"layout"> = {
  "layout.partition": (p) =>
    `partition ${p.number} (${facts(p.name === "" ? "" : `« ${p.name} »`, p.filesystem, bytes(p.size))})`,
  "layout.left-out": (p) => `Laissée de côté : ${p.partition}`,
  "layout.left-out-loader": (p) =>
    `Laissée de côté : ${p.partition}, la place d’un chargeur, qui est ailleurs sur un disque avec un MBR`,
  "layout.left-out-reserved": (p) =>
    `Laissée de côté : ${p.partition}, de la place que Windows se réserve sur les disques avec une GPT`,
  "layout.added-esp": (p) =>
    `La partition ${p.number} (${bytes(p.size)}) est créée pour un micrologiciel UEFI : une partition système EFI`,
  "layout.added-bios": (p) =>
    `La partition ${p.number} (${bytes(p.size)}) est créée pour un ancien micrologiciel (BIOS) : la place de GRUB`,
  "layout.logical": (p) =>
    `Aucun ordinateur ne démarrera plus de ${p.partition} : elle devient logique, faute d’une quatrième partition principale`,
  "layout.inside": (p) => `Dans la partition ${p.number} : ${p.volumes.join(", ")}`,
  "layout.inside-stays": (p) => `${p.name} garde ${bytes(p.size)}`,
  "layout.inside-changes": (p) => `${p.name} a ${bytes(p.size)} au lieu de ${bytes(p.oldSize)}`,
  "layout.table": (p) => `La table de partitions passe de ${p.from} à ${p.to}`,
  "layout.names-lost": (p) =>
    `Un MBR n’a pas de noms : ceux des partitions sont perdus (${p.names}), avec leurs GUID et leurs attributs`,
  "layout.boot-may-fail":
    "Des systèmes nommés d’après l’ancienne table dans un chargeur ou une liste de montages peuvent ne pas être trouvés",
  "layout.renumbered": (p) => `La partition ${p.oldNumber} de l’image devient la partition ${p.number}`,
  "layout.free": (p) => `${bytes(p.free)} du disque restent inutilisés`,
  "layout.free-inside": (p) =>
    `${bytes(p.free)} de la partition ${p.number} restent inutilisés par ${p.partition}${p.why === "" ? "" : ` : ${p.why}`}`,
  "layout.twin-volume": (p) =>
    `${p.filesystem} (${within(p.volume)}partition ${p.number}) garde son identifiant, car aucun outil ne le change : un système qui voit les deux disques peut les confondre`,
  "layout.twin-closed": (p) =>
    `Ce qui est dans ${within(p.volume)}la partition ${p.number} garde son identifiant : ${p.why}`,
  "layout.twin-locked": (p) => `la partition ${p.number} est chiffrée`,
  "layout.twin-lvm": (p) => `Les systèmes de fichiers dans LVM gardent leur identifiant : ${p.why}`,
};
