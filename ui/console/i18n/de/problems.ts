import type { problems as en } from "#ui/console/i18n/en/problems.ts";

export const problems: typeof en = {
  "error.safe": "Es wurde nichts geändert.",
  "error.SERVER_UNREACHABLE": "Der Server antwortet nicht.",
  "next.SERVER_UNREACHABLE": "Prüfen Sie das Netz und ob der Server läuft. Dann versuchen Sie es erneut.",
  "error.CONSOLE_NOT_LOGGED_IN": "Die Anmeldung ist zu Ende.",
  "next.CONSOLE_NOT_LOGGED_IN": "Melden Sie sich erneut an.",
  "error.CONSOLE_LOGIN_FAILED": "Name und Kennwort gehören nicht zusammen",
  "next.CONSOLE_LOGIN_FAILED": "Versuchen Sie es erneut. Ein Administrator kann ein neues Kennwort setzen.",
  "error.CONSOLE_TOO_MANY_TRIES": (p) => `Zu viele falsche Versuche: Der nächste zählt in ${p.seconds} s.`,
  "next.CONSOLE_TOO_MANY_TRIES":
    "Warten Sie so lange. Waren Sie es nicht, versucht es jemand anders: Das Prüfprotokoll sagt, von wo.",
  "error.CONSOLE_ROLE_TOO_LOW": (p) => `Ihre Rolle erlaubt das nicht: Es braucht die Rolle ${p.needs}.`,
  "next.CONSOLE_ROLE_TOO_LOW": "Fragen Sie einen Administrator.",
  "error.CONSOLE_SET_UP_REFUSED":
    "Der erste Administrator kann nicht angelegt werden: Das ist nicht der Code des Servers, oder es gibt schon Benutzer.",
  "next.CONSOLE_SET_UP_REFUSED": "Lesen Sie den Code noch einmal, am Ende dessen, was der Server ausgibt.",
  "error.CONSOLE_USER_EXISTS": (p) => `Es gibt schon einen Benutzer ${p.name}.`,
  "next.CONSOLE_USER_EXISTS": "Nehmen Sie einen anderen Namen.",
  "error.CONSOLE_LAST_ADMIN": (p) =>
    `${p.name} ist der einzige Administrator: Ohne einen könnte niemand mehr etwas ändern.`,
  "next.CONSOLE_LAST_ADMIN": "Machen Sie erst jemand anders zum Administrator.",
  "error.PXE_MACHINE_NAME_TAKEN": (p) => `Den Namen ${p.name} hat ein anderer Computer (${p.owner}).`,
  "next.PXE_MACHINE_NAME_TAKEN": "Nehmen Sie einen anderen Namen.",
  "error.PXE_MACHINE_UNKNOWN": (p) => `Der Computer ${p.machine} ist nicht bekannt.`,
  "next.PXE_MACHINE_UNKNOWN": "Vielleicht wurde er inzwischen vergessen. Er kommt wieder, wenn er erneut fragt.",
  "error.PXE_DEPLOYMENT_NAME_TAKEN": (p) => `Es gibt schon eine Verteilung ${p.name}.`,
  "next.PXE_DEPLOYMENT_NAME_TAKEN": "Nehmen Sie einen anderen Namen, oder löschen Sie jene.",
  "error.PXE_DEPLOYMENT_UNKNOWN": (p) => `Es gibt keine Verteilung ${p.name}.`,
  "next.PXE_DEPLOYMENT_UNKNOWN": "Jemand hat sie gelöscht, oder die Adresse stimmt nicht.",
  "error.PXE_CODE_WRONG": (p) => `Kein Computer, der als ${p.machine} wartet, zeigt den Code ${p.code}.`,
  "next.PXE_CODE_WRONG":
    "Lesen Sie ihn noch einmal auf dem Bildschirm des Computers: Nach jedem Start ist es ein anderer.",
  "error.RETENTION_LOCKED": (p) =>
    `${p.folder} ist verschlüsselt: Welche Punkte wegfallen dürfen, zeigt nur das Kennwort.`,
  "next.RETENTION_LOCKED": "Verwenden Sie „lifeboat repo prune“ dort, wo das Kennwort eingegeben werden darf.",
  "error.RETENTION_NOT_SET": (p) => `${p.repository} hat keine Regeln mehr.`,
  "next.RETENTION_NOT_SET": "Jemand hat sie entfernt. Ohne Regeln wird nichts gelöscht.",
  "error.RETENTION_CHANGED": (p) => `Von ${p.repository} fielen jetzt andere Punkte weg als gezeigt.`,
  "next.RETENTION_CHANGED":
    "Schließen Sie dies und sehen Sie noch einmal nach: Eine Sicherung, ein angehefteter Punkt oder andere Regeln sind dazwischengekommen.",
  "error.REPOSITORY_CAPTURING": (p) => `Auf ${p.by} läuft eine Sicherung nach ${p.folder}.`,
  "next.REPOSITORY_CAPTURING":
    "Warten Sie, bis sie zu Ende ist. Von selbst versucht es der Server alle paar Minuten wieder.",
  "error.NOTICE_NOT_SENT": (p) => `${p.channel} hat die Nachricht nicht angenommen: ${p.reason}`,
  "next.NOTICE_NOT_SENT": "Prüfen Sie Adresse, Anmeldung und Zertifikat dieses Servers.",
  "failed.OPEN_FAILED": (p) => `${p.path} lässt sich nicht öffnen: ${p.reason}`,
  "failed.READ_FAILED": (p) => `${p.device} lässt sich nicht lesen: ${p.reason}`,
  "failed.WRITE_FAILED": (p) => `${p.device} lässt sich nicht beschreiben: ${p.reason}`,
  "failed.SPACE_EXHAUSTED": (p) => `Für ${p.file} ist kein Platz mehr.`,
  "failed.REPOSITORY_NOT_FOUND": (p) => `${p.folder} ist kein Repository: Es gibt darin keine Datei ${p.file}.`,
};
