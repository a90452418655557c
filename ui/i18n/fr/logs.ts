import type { logs as en } from "#ui/i18n/en/logs.ts";

export const logs: typeof en = {
  "logs.title": "Journal",
  "logs.lead": "Ce que le système de secours a fait depuis son démarrage.",
  "logs.again": "Relire",
  "logs.bundle": "Dossier d’assistance",
  "logs.bundle-text":
    "Tout ce dont a besoin la personne qui vous aide, en un seul fichier : journaux, plans, rapports et contenu de cet ordinateur. Les mots de passe n’y sont jamais.",
  "logs.without-serials": "Omettre les numéros de série",
  "logs.bundle-save": "Enregistrer sur la clé de secours",
  "logs.bundle-saving": "Enregistrement…",
  "logs.bundle-download": "Télécharger",
  "logs.bundle-saved": (p) => `Enregistré : ${p.path}, ${p.size}`,
};
