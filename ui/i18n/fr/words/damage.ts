import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(frLocale);

export const damageWords: SentencesOf<"damage" | "damaged"> = {
  "damage.lost": "le dépôt a perdu le paquet avec ses données",
  "damage.file-cut": (p) => `${p.path} est tronqué`,
  "damage.cut": "il est tronqué",
  "damage.length": "sa longueur ne peut pas être juste",
  "damage.other": "son en-tête est celui d’un autre morceau",
  "damage.content": "son contenu ne correspond pas à son SHA-256",
  "damage.data": "ses données ne correspondent pas à leur somme de contrôle",
  "damage.no-header": "son en-tête n’est pas celui d’un morceau",
  "damage.header": "son en-tête ne correspond pas à sa somme de contrôle",
  "damage.expand": "ses données ne peuvent pas être décompressées",
  "damage.plain": "il n’est pas chiffré",
  "damage.sealed-header": "son en-tête en dit plus que celui d’un morceau chiffré ne le peut",
  "damage.seal": "il a été modifié ou n’est pas de cette image : sa marque d’authenticité ne correspond pas",
  "damaged.chunk": (p) =>
    `morceau ${number(p.number)} de ${p.region}, ${number(p.count)} octets à partir de l’octet ${number(p.start)} du disque : ${p.problem}`,
};

/** Why a partition cannot live on sectors of another size. */
export const sectorWords: SentencesOf<"sector"> = {
  "sector.encrypted": "ce qu’elle contient de chiffré peut dépendre de la taille des secteurs",
  "sector.filesystem": (p) => `on ne sait pas si ${p.filesystem} va sur des secteurs d’une autre taille`,
  "sector.blocks": (p) =>
    `les blocs de son ${p.filesystem} ont ${number(p.number)} octets et ne doivent pas être plus petits que les secteurs`,
  "sector.ntfs": (p) =>
    `Windows ne lit un NTFS que sur des secteurs de la taille pour laquelle il a été créé : ${number(p.number)} octets`,
  "sector.exfat": "aucun outil ne recrée un exFAT avec tout ce qu’il contient",
  "sector.inside": (p) => `${p.volume}, qui s’y trouve (${p.filesystem}), peut dépendre de la taille des secteurs`,
};
