import type { logs as en } from "#ui/i18n/en/logs.ts";

export const logs: typeof en = {
  "logs.title": "Protokoll",
  "logs.lead": "Was das Rettungssystem seit seinem Start getan hat.",
  "logs.again": "Erneut lesen",
  "logs.bundle": "Hilfepaket",
  "logs.bundle-text":
    "Alles, was jemand braucht, der Ihnen hilft, in einer Datei: Protokolle, Pläne, Berichte und was in diesem Computer ist. Kennwörter sind nie darin.",
  "logs.without-serials": "Seriennummern weglassen",
  "logs.bundle-save": "Auf dem Rettungsstick speichern",
  "logs.bundle-saving": "Wird gespeichert…",
  "logs.bundle-download": "Herunterladen",
  "logs.bundle-saved": (p) => `Gespeichert: ${p.path}, ${p.size}`,
};
