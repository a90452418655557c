import type { settings as en } from "#ui/i18n/en/settings.ts";

export const settings: typeof en = {
  "settings.title": "Einstellungen",
  "settings.language": "Sprache",
  "settings.language-lead": "Für diesen Bildschirm. Was Sie eingegeben oder gewählt haben, bleibt.",
  "settings.keyboard": "Tastatur",
  "settings.keyboard-layout": "Belegung",
  "settings.keyboard-use": "Diese Belegung verwenden",
  "settings.keyboard-restarts": "Der Bildschirm wird für einige Sekunden dunkel. Eine laufende Arbeit geht weiter.",
  "settings.keyboard-busy": "Wird geändert…",
  "settings.keyboard-test": "Hier ausprobieren",
  "settings.keyboard-hint":
    "Geben Sie die Buchstaben und Zeichen eines Kennworts ein, um zu sehen, was die Tasten ergeben. Nichts davon wird behalten.",
  "settings.keyboard-remote":
    "Sie wird am Bildschirm des Rettungscomputers eingestellt; hier gilt die Tastatur dieses Computers.",
  "settings.colours": "Farben",
  "theme.auto": "Wie dieser Computer es möchte",
  "theme.light": "Hell",
  "theme.dark": "Dunkel",
  "theme.contrast": "Hoher Kontrast",
  "settings.text-size": "Schriftgröße",
  "settings.text-size-of": (p) => `${p.percent} der üblichen Größe`,
  "settings.about": "Über dieses System",
  "settings.version": "Lifeboat",
  "settings.medium-age": "Pakete vom",
  "settings.kept": "Sprache und Tastatur werden auf dem Rettungsstick gemerkt, wenn darauf geschrieben werden kann.",
};
