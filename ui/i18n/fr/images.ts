import type { images as en } from "#ui/i18n/en/images.ts";
import { plural } from "#ui/i18n/fr/plural.ts";

export const images: typeof en = {
  "image.title": "Quelle image voulez-vous restaurer ?",
  "image.lead": "Ces images ont été trouvées sur les disques branchés à cet ordinateur.",
  "medium.old-title": (p) =>
    plural(p.days, {
      one: "Ce support de secours a # jour",
      many: "Ce support de secours a # de jours",
      other: "Ce support de secours a # jours",
    }),
  "medium.old":
    "Il fonctionne, mais ne connaît peut-être pas les ordinateurs plus récents. À l’occasion, créez ou mettez à jour une clé sur un autre ordinateur.",
  "image.rescan": "Chercher à nouveau",
  "image.rescanning": "Recherche…",
  "image.found": (p) =>
    plural(p.count, { one: "# image trouvée", many: "# d’images trouvées", other: "# images trouvées" }),
  "image.empty-title": "Aucune image n’a été trouvée",
  "image.empty-1": "Branchez la clé ou le disque qui contient l’image.",
  "image.empty-2": "Attendez que son voyant ne clignote plus, puis choisissez « Chercher à nouveau ».",
  "image.empty-3":
    "Une image est un fichier qui se termine par .lbi. Un fichier .partial est une capture interrompue, pas une image.",
  "image.missing": "Choisissez d’abord une image.",
  "image.list": "Images",
  "image.unreadable": "Ce fichier ne peut pas être restauré",
  "image.made": (p) => `Créée le ${p.date} à partir de ${p.machine}`,
  "image.disk": (p) => `Disque de ${p.size}`,
  "image.files": (p) =>
    plural(p.count, {
      one: `Fichier de ${p.size}`,
      many: `# de fichiers, ${p.size} en tout`,
      other: `# fichiers, ${p.size} en tout`,
    }),
  "image.locked": "Chiffrée : son mot de passe est nécessaire",
  "image.unknown-model": "un disque de modèle inconnu",
  "image.details": "Ce que contient l’image",
  "image.note": "Note",
  "image.file": "Fichier",
  "image.place": "Emplacement",
  "image.volumes": "Parties",
  "image.volume-count": (p) => plural(p.count, { one: "# fichier", many: "# de fichiers", other: "# fichiers" }),
  "image.protection": "Protection",
  "image.unlocked": "Chiffrée. Déverrouillée jusqu’au redémarrage de cet ordinateur.",
  "image.inside": (p) => `Dans ${p.part}`,
  "image.warnings": "Noté lors de sa création",
  "image.writer": (p) => `${p.program} ${p.version}`,
  "image.written-by": "Écrite par",
  "image.choose-to-see": "Choisissez une image pour voir ce qu’elle contient.",
  "unlock.help": (p) =>
    `« ${p.name} » est chiffrée. Tapez son mot de passe ou sa clé de récupération. Ils ne restent que dans la mémoire de cet ordinateur.`,
  "unlock.password": "Mot de passe",
  "unlock.button": "Déverrouiller",
  "unlock.busy": "Déverrouillage…",
  "unlock.missing": (p) => `Tapez d’abord le mot de passe de ${p.name}.`,
  "unlock.done": (p) => `${p.name} est déverrouillée`,
  "password.show": "Afficher",
  "password.hide": "Masquer",
  "password.caps-lock": "Le verrouillage des majuscules est activé.",
};
