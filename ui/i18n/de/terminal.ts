import type { terminal as en } from "#ui/i18n/en/terminal.ts";

export const terminal: typeof en = {
  "terminal.title": "Terminal",
  "terminal.lead":
    "Eine Shell auf dem Rettungscomputer, mit allen Rechten. F6 verlässt sie; sie endet, wenn Sie diese Seite verlassen.",
  "terminal.enter": "Ins Terminal",
  "terminal.left": "Sie haben das Terminal verlassen. Die Schaltfläche „Ins Terminal“ führt zurück.",
  "terminal.input": "Eingabe des Terminals, F6 verlässt es",
  "terminal.copy": "Kopieren",
  "terminal.paste": "Einfügen",
  "terminal.smaller": "Kleinere Schrift",
  "terminal.larger": "Größere Schrift",
  "terminal.reader": "Für Screenreader",
  "terminal.again": "Neues Terminal",
  "terminal.ended": "Die Shell hat sich beendet",
  "terminal.too-many": "Es sind schon so viele Terminals offen, wie es sein dürfen: Schließen Sie zuerst eines",
  "terminal.failed": "Es konnte kein Terminal geöffnet werden",
  "terminal.lost": "Die Verbindung zum Rettungsprogramm ist unterbrochen, und die Shell ist beendet",
};
