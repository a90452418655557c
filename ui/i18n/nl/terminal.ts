import type { terminal as en } from "#ui/i18n/en/terminal.ts";

export const terminal: typeof en = {
  "terminal.title": "Terminal",
  "terminal.lead":
    "Een shell op de reddingscomputer, met alle rechten. F6 verlaat die; hij eindigt als u deze pagina verlaat.",
  "terminal.enter": "Naar de terminal",
  "terminal.left": "U hebt de terminal verlaten. De knop “Naar de terminal” leidt terug.",
  "terminal.input": "Invoer van de terminal, F6 verlaat die",
  "terminal.copy": "Kopiëren",
  "terminal.paste": "Plakken",
  "terminal.smaller": "Kleinere tekst",
  "terminal.larger": "Grotere tekst",
  "terminal.reader": "Voor schermlezers",
  "terminal.again": "Nieuwe terminal",
  "terminal.ended": "De shell is geëindigd",
  "terminal.too-many": "Er zijn zoveel terminals open als er mogen zijn: sluit er eerst een",
  "terminal.failed": "Er kon geen terminal worden geopend",
  "terminal.lost": "De verbinding met het reddingsprogramma is verbroken, en de shell is geëindigd",
};
