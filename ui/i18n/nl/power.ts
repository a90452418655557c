import type { power as en } from "#ui/i18n/en/power.ts";

export const power: typeof en = {
  "power.button": "Uitzetten",
  "power.restart": "Opnieuw starten",
  "power.shut-down": "Uitzetten",
  "power.title": "Opnieuw starten of uitzetten?",
  "power.text":
    "Haal de reddingsstick of -schijf eruit wanneer het scherm donker wordt, zodat de computer van zijn eigen schijf start.",
  "power.running": "Er is werk bezig. Stop het eerst: anders start de schijf ervan niet.",
  "power.show-job": "Het werk tonen",
  "power.restarting": "De computer start opnieuw…",
  "power.shutting-down": "De computer gaat uit…",
};
