import type { logs as en } from "#ui/i18n/en/logs.ts";

export const logs: typeof en = {
  "logs.title": "Logboek",
  "logs.lead": "Wat het reddingssysteem heeft gedaan sinds het is gestart.",
  "logs.again": "Opnieuw lezen",
  "logs.bundle": "Ondersteuningspakket",
  "logs.bundle-text":
    "Alles wat iemand die u helpt nodig heeft, in één bestand: logboeken, plannen, verslagen en wat er in deze computer zit. Wachtwoorden staan er nooit in.",
  "logs.without-serials": "Serienummers weglaten",
  "logs.bundle-save": "Op de reddingsstick opslaan",
  "logs.bundle-saving": "Bezig met opslaan…",
  "logs.bundle-download": "Downloaden",
  "logs.bundle-saved": (p) => `Opgeslagen: ${p.path}, ${p.size}`,
};
