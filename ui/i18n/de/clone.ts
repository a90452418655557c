import type { clone as en } from "#ui/i18n/en/clone.ts";

export const clone: typeof en = {
  "section.clone": "Klonen",
  "home.clone": "Einen Datenträger klonen",
  "home.clone-text": "Einen Datenträger auf einen anderen kopieren, einen größeren oder kleineren.",
  "step.source": "Quelle",
  "clone.source-title": "Welchen Datenträger möchten Sie klonen?",
  "clone.app.running": (p) => `Klonen, ${p.percent}`,
  "clone.app.ended": "Das Klonen ist zu Ende",
  "clone.target.title": "Auf welchen Datenträger möchten Sie klonen?",
  "clone.target.lead": (p) => `${p.name} hat ${p.size}. Alles auf dem Datenträger, den Sie wählen, wird ersetzt.`,
  "clone.target.empty":
    "Schließen Sie den Datenträger an, auf den Sie klonen möchten, und wählen Sie dann „Erneut suchen“.",
  "clone.layout.what": "Was geklont wird",
  "clone.layout.table-same": "Wie auf der Quelle",
  "clone.layout.new-ids": "Die Kennungen der Quelle behalten",
  "clone.layout.new-ids-detail":
    "Selten nötig: Ohne dies bekommt die Kopie eigene Kennungen, und ihre Systeme werden darauf eingestellt. Mit ihm verwechselt ein Computer die beiden, solange sie zusammen in ihm sind.",
  "clone.review.start-erase": (p) => `Löschen und auf ${p.name} klonen`,
  "clone.review.start": (p) => `Auf ${p.name} klonen`,
  "clone.progress.title": (p) => `${p.image} wird auf ${p.target} geklont`,
  "clone.progress.bar": "Fortschritt des ganzen Klonens",
  "clone.progress.image-away": "Warten: Die Quelle wurde entfernt oder antwortet nicht",
  "clone.progress.cancel-title": "Das Klonen anhalten?",
  "clone.progress.cancel-text":
    "Das Ziel wird nicht starten, und was vorher darauf war, ist weg. Die Quelle ist unverändert: Sie können das Klonen jederzeit neu beginnen.",
  "clone.result.succeeded": "Das Klonen ist abgeschlossen",
  "clone.result.failed": "Das Klonen ist fehlgeschlagen",
  "clone.result.cancelled": "Das Klonen wurde angehalten",
  "clone.result.cancelled-safe":
    "Das Ziel wird nicht starten: Seine Partitionstabelle wurde nicht geschrieben. Die Quelle ist unverändert.",
  "clone.result.cancelled-next": "Beginnen Sie das Klonen neu, oder wählen Sie einen anderen Datenträger.",
  "clone.result.verified-yes": "Alles wurde zurückgelesen und gleicht der Quelle",
  "clone.result.other-image": "Einen anderen Datenträger wählen",
  "clone.result.another": "Noch einen klonen",
};
