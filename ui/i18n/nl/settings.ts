import type { settings as en } from "#ui/i18n/en/settings.ts";

export const settings: typeof en = {
  "settings.title": "Instellingen",
  "settings.language": "Taal",
  "settings.language-lead": "Voor dit scherm. Wat u hebt getypt of gekozen blijft staan.",
  "settings.keyboard": "Toetsenbord",
  "settings.keyboard-layout": "Indeling",
  "settings.keyboard-use": "Deze indeling gebruiken",
  "settings.keyboard-restarts": "Het scherm wordt enkele seconden donker. Werk dat bezig is, gaat door.",
  "settings.keyboard-busy": "Bezig met wijzigen…",
  "settings.keyboard-test": "Probeer het hier",
  "settings.keyboard-hint":
    "Typ de letters en tekens van een wachtwoord om te zien wat de toetsen geven. Er wordt niets van bewaard.",
  "settings.keyboard-remote":
    "Dit wordt ingesteld op het scherm van de reddingscomputer; hier wordt het toetsenbord van deze computer gebruikt.",
  "settings.colours": "Kleuren",
  "theme.auto": "Zoals deze computer het wil",
  "theme.light": "Licht",
  "theme.dark": "Donker",
  "theme.contrast": "Hoog contrast",
  "settings.text-size": "Tekstgrootte",
  "settings.text-size-of": (p) => `${p.percent} van de gewone grootte`,
  "settings.about": "Over dit systeem",
  "settings.version": "Lifeboat",
  "settings.medium-age": "Pakketten van",
  "settings.kept": "De taal en het toetsenbord worden op de reddingsstick onthouden, als daarop geschreven kan worden.",
};
