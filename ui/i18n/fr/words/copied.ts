import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(frLocale);

export const copiedWords: SentencesOf<"copied"> = {
  "copied.done": (p) => `Copié vers ${p.target} : ${number(p.count)} fichiers et dossiers, ${bytes(p.bytes)}`,
  "copied.loss": (p) => `! ${p.what} : ${number(p.count)}, ${p.names}`,
  "copied.lacks": (p) => `! il manque quelque chose à la copie : ${p.name} (${p.reason})`,
  "copied.damaged": (p) => `! endommagé dans l’image, non copié : ${p.name} (${p.reason})`,
  "copied.failed": (p) => `! non copié : ${p.name} (${p.reason})`,
  "copied.owners": "les propriétaires sont perdus",
  "copied.permissions": "les droits d’accès sont perdus",
  "copied.access-lists": "les listes de contrôle d’accès (ACL) sont perdues",
  "copied.streams": "les flux de données additionnels sont perdus",
  "copied.attributes": "les attributs étendus sont perdus",
  "copied.symbolic-links": "il ne peut pas y avoir là de liens symboliques, ils sont omis",
  "copied.special-files":
    "il ne peut pas y avoir là de sockets, de tubes ni de fichiers de périphérique, ils sont omis",
  "copied.hard-links": "les fichiers à plusieurs noms deviennent plusieurs fichiers",
  "copied.holes": "les trous des fichiers sont remplis de zéros",
  "copied.compression": "la compression de NTFS est perdue : les copies prennent plus de place",
  "copied.ntfs": "les descripteurs de sécurité et les attributs de NTFS sont perdus",
  "copied.streams-moved": "les flux de données additionnels deviennent des attributs étendus",
};
