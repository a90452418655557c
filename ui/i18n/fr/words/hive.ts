import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(frLocale);

/** What lies in cells of a registry hive. */
export const cellWords: SentencesOf<"cell"> = {
  "cell.key": "une clé",
  "cell.key-name": "une clé avec son nom",
  "cell.class-name": "un nom de classe",
  "cell.security": "un descripteur de sécurité",
  "cell.subkeys": "une liste de sous-clés",
  "cell.subkey-lists": "une liste de listes de sous-clés",
  "cell.values": "une liste de valeurs",
  "cell.value": "une valeur",
  "cell.value-name": "une valeur avec son nom",
  "cell.value-data": "les données d’une valeur",
  "cell.data": "des données",
  "cell.large-value": "une grande valeur",
  "cell.segments": "une liste de segments",
  "cell.segment": "un segment",
};

/** Why a registry hive cannot be read. */
export const hiveWords: SentencesOf<"hive"> = {
  "hive.short": (p) => `sa taille est de ${number(p.count)} octets`,
  "hive.no-regf": "son début n’est pas « regf »",
  "hive.no-objects": "Objects y manque",
  "hive.version": (p) => `version ${p.version}`,
  "hive.log": (p) => `le fichier est un journal de type ${p.number}`,
  "hive.format": (p) => `format ${p.number}`,
  "hive.size": (p) => `${number(p.count)} octets`,
  "hive.sequence": (p) => `ses numéros de séquence sont ${p.number} et ${p.others}`,
  "hive.checksum": "la somme de contrôle de son premier secteur est fausse",
  "hive.bins-size": (p) => `blocs (hbin) de ${number(p.count)} octets`,
  "hive.ends": (p) => `le fichier s’arrête là, et ses blocs (hbin) ont ${number(p.count)} octets`,
  "hive.no-bin": "aucun bloc (hbin) ne commence ici",
  "hive.bin-offset": "un bloc (hbin) a la position d’un autre",
  "hive.bin-size": (p) => `un bloc (hbin) de ${number(p.count)} octets`,
  "hive.cell-size": (p) => `une cellule de ${number(p.count)} octets`,
  "hive.cell-twice": "une cellule sert à deux choses",
  "hive.no-cell": (p) => `${p.what} : le renvoi ne mène à aucune cellule`,
  "hive.small": (p) => `${p.what} : il faut ${number(p.count)} octets, et la cellule en a ${number(p.others)}`,
  "hive.no-record": (p) => `${p.what} : ce n’est pas une cellule « ${p.signature} »`,
  "hive.too-deep": "les clés sont imbriquées trop profondément",
  "hive.other-parent": "une clé se trouve sous une autre que la sienne",
  "hive.subkey-count": (p) => `une clé a ${number(p.count)} sous-clés, et sa liste ${number(p.others)}`,
  "hive.subkey-twice": "une liste de sous-clés en nomme une deux fois",
  "hive.list-twice": "une liste de listes de sous-clés en nomme une deux fois",
  "hive.list-kind": "une liste de sous-clés d’une sorte inconnue",
  "hive.value-twice": "une liste de valeurs en nomme une deux fois",
  "hive.value-inline": (p) => `une valeur de ${number(p.count)} octets dans sa propre cellule`,
  "hive.value-small": (p) => `${number(p.count)} octets d’une valeur dans une cellule trop petite`,
  "hive.segment-count": (p) => `${number(p.count)} octets dans ${number(p.others)} segments`,
  "hive.segment-twice": "une liste de segments en nomme un deux fois",
};

/** Why a driver's .inf cannot be read. */
export const infWords: SentencesOf<"inf"> = {
  "inf.size": (p) => `sa taille est de ${number(p.count)} octets`,
  "inf.lines": (p) => `il a plus de ${number(p.count)} lignes`,
  "inf.line": "la ligne est trop longue",
  "inf.text": "un texte avec ses substitutions est trop long",
  "inf.tokens": "ses substitutions donnent trop de texte",
};
