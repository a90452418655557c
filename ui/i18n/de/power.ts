import type { power as en } from "#ui/i18n/en/power.ts";

export const power: typeof en = {
  "power.button": "Ausschalten",
  "power.restart": "Neu starten",
  "power.shut-down": "Herunterfahren",
  "power.title": "Neu starten oder herunterfahren?",
  "power.text":
    "Entfernen Sie den Rettungsstick oder die Rettungs-CD, wenn der Bildschirm dunkel wird, damit der Computer von seinem eigenen Datenträger startet.",
  "power.running": "Eine Arbeit läuft. Halten Sie sie zuerst an: Sonst startet ihr Datenträger nicht.",
  "power.show-job": "Die Arbeit anzeigen",
  "power.restarting": "Der Computer startet neu…",
  "power.shutting-down": "Der Computer fährt herunter…",
};
