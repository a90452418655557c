import type { IdentityWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";

const { list } = createFormat(frLocale);

export const identities: IdentityWords = {
  "list.columns": (p) => `la première ligne nomme les colonnes, qui sont ${list(p.columns)}`,
  "list.quote-open": "un guillemet est ouvert et jamais fermé",
  "list.quote-closed": "quelque chose suit un guillemet fermant",
  "list.machine": "machine : aucune machine n’est nommée, ou en plus de 200 caractères",
  "list.hostname": (p) =>
    `hostname : ce n’est pas un nom d’ordinateur (jusqu’à 63 lettres, chiffres et tirets) : ${p.name}`,
  "list.universal": (p) => `universal : yes ou no, et non ${p.text}`,
  "list.unknown": (p) => `il n’y a pas de machine ${p.machine}`,
  "list.ambiguous": (p) => `${p.machine} désigne plusieurs machines : ${list(p.found)}`,
  "list.twice": (p) => `la machine ${p.machine} a deux lignes`,
  "list.not-chosen": (p) => `la machine ${p.machine} est dans la liste, mais n’est pas choisie`,
  "list.same-name": (p) => `deux machines s’appelleraient ${p.name}`,
  "list.too-long": (p) => `plus de ${p.most} machines`,
};
