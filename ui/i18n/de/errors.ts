import { deLocale } from "#ui/i18n/de/locale.ts";
import { plural } from "#ui/i18n/de/plural.ts";
import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { createFormat } from "#ui/i18n/format.ts";

const NOTHING_WRITTEN = "Es wurde nichts geschrieben.";
const { bytes } = createFormat(deLocale);

export const errors: ErrorTexts = {
  SERVER_UNREACHABLE: {
    text: () => "Das Rettungsprogramm antwortet nicht.",
    safe: "Eine laufende Wiederherstellung geht ohne diese Seite weiter.",
    next: "Warten Sie einige Sekunden und versuchen Sie es erneut. Bleibt es so, starten Sie den Computer neu.",
  },
  JOB_LOST: {
    text: () => "Das Rettungsprogramm wurde neu gestartet, und die laufende Wiederherstellung ist damit beendet.",
    safe: "Das Abbild ist unverändert. Das Ziel hat keine Partitionstabelle, also startet kein Computer davon.",
    next: "Wählen Sie Abbild und Ziel erneut: Die Wiederherstellung beginnt dann von vorn.",
  },
  PAGE_FAILED: {
    safe: "Eine laufende Wiederherstellung geht weiter: Diese Seite zeigt sie nur an.",
    next: "Laden Sie die Seite neu. Stürzt sie wieder ab, sehen Sie ins Protokoll und melden Sie es.",
  },
  IMAGE_UNLOCK_FAILED: {
    text: () => "Damit öffnet sich dieses Abbild nicht",
    next: "Achten Sie auf Groß- und Kleinschreibung und auf die Tastaturbelegung: „Anzeigen“ lässt Sie sehen, was eingegeben wurde. Ein anderes Kennwort des Abbilds oder sein Wiederherstellungsschlüssel öffnet es auch.",
  },
  IMAGE_LOCKED: {
    text: () => "Das Abbild ist verschlüsselt, und sein Kennwort wurde noch nicht eingegeben.",
    next: "Wählen Sie das Abbild und geben Sie sein Kennwort ein.",
  },
  TARGET_TOO_SMALL: {
    text: ({ have, need }) => `Er hat ${bytes(Number(have))}, das Abbild braucht aber ${bytes(Number(need))}.`,
  },
  TARGET_HOLDS_IMAGE: { text: () => "Auf ihm liegt das Abbild selbst." },
  TARGET_IS_BOOT_MEDIUM: { text: () => "Dieses Rettungssystem wurde davon gestartet." },
  TARGET_READ_ONLY: { text: () => "Er kann nur gelesen werden." },
  WRITE_FAILED: {
    next: "Prüfen Sie das Kabel und den Zustand des Datenträgers und wählen Sie dann „Erneut versuchen“.",
  },
  CHUNK_DAMAGED: {
    text: ({ file, region, offset, problem }) =>
      `${file}: Ein Stück von ${region}, bei Byte ${offset} der Datei, ist beschädigt: ${problem}`,
    next: "Wählen Sie eine andere Kopie des Abbilds.",
  },
  RESTORE_SALVAGED: {
    text: ({ file }) => `${file} ist beschädigt. Alles, was darin heil ist, wurde wiederhergestellt.`,
  },
  TARGET_VERIFY_FAILED: {
    text: ({ device, damaged, region, offset }) =>
      plural(Number(damaged), {
        one: `${device}: # Stück wird anders zurückgelesen, als es geschrieben wurde, in ${region} bei Byte ${offset}`,
        other: `${device}: # Stücke werden anders zurückgelesen, als sie geschrieben wurden, das erste in ${region} bei Byte ${offset}`,
      }),
  },
  TOOL_FAILED: {
    text: ({ tool, status }) =>
      `Ein Teil des Rettungssystems hat nicht gearbeitet: ${tool} endete mit Status ${status}.`,
    safe: "Was verlangt wurde, ist nicht zu Ende geführt.",
    next: "Versuchen Sie es noch einmal. Schlägt es wieder fehl, ziehen Sie Sticks und Platten ab, die Sie nicht brauchen, und suchen Sie erneut. Im Protokoll stehen die Einzelheiten für jemanden, der helfen kann.",
  },
  INTERNAL: {
    text: ({ problem }) => `Ein Teil des Rettungssystems hat nicht gearbeitet: ${problem}`,
    next: "Versuchen Sie es noch einmal. Schlägt es wieder fehl, ziehen Sie Sticks und Platten ab, die Sie nicht brauchen, und suchen Sie erneut. Es ist ein Fehler von Lifeboat: Im Protokoll steht, was für eine Meldung nötig ist.",
  },
  IMAGE_DAMAGED: { next: "Wählen Sie eine andere Kopie des Abbilds." },
  IMAGE_VERIFY_FAILED: { next: "Wählen Sie eine andere Kopie des Abbilds." },
  CANCELLED: { next: "Beginnen Sie die Wiederherstellung erneut, oder wählen Sie ein anderes Abbild." },
  PLAN_STALE: { text: () => "Die Datenträger oder das Abbild haben sich geändert, seit der Plan erstellt wurde." },
  TARGET_IS_SOURCE: { text: () => "Es ist die Quelle." },
  TARGET_IN_USE: {
    text: ({ by }) => `Er wird benutzt: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "Warten Sie, bis das zu Ende ist, was ihn benutzt, oder hängen Sie ihn aus. Wählen Sie ihn dann erneut.",
  },
  SOURCE_IN_USE: {
    text: ({ source, by }) => `Auf ${source} wird geschrieben: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "Ein Abbild eines Datenträgers, der sich ändert, wäre in sich nicht stimmig. Beenden Sie, was darauf schreibt, und versuchen Sie es erneut.",
  },
  JOB_BUSY: {
    text: ({ device }) => `Ein anderer Auftrag schreibt auf ${device}.`,
    safe: NOTHING_WRITTEN,
    next: "Warten Sie, bis er zu Ende ist, oder halten Sie ihn an.",
  },
  FILE_EXISTS: {
    text: ({ file }) => `${file} gibt es schon.`,
    safe: NOTHING_WRITTEN,
    next: "Wählen Sie einen anderen Namen: Vorhandenes wird nie überschrieben.",
  },
  LAYOUT_INVALID: {
    text: ({ problem }) => `Diese Aufteilung ist nicht möglich: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Ändern Sie, was genannt ist, oder wählen Sie eine andere Aufteilung.",
  },
  LAYOUT_TOO_SMALL: {
    text: ({ have, need }) => `Er hat ${bytes(Number(have))}, die Partitionen brauchen aber ${bytes(Number(need))}.`,
    safe: NOTHING_WRITTEN,
    next: "Wählen Sie einen größeren Datenträger, lassen Sie Partitionen kleiner werden oder lassen Sie einige weg.",
  },
  TABLE_DAMAGED: {
    text: ({ device, table, problem }) => `${device}: Die Partitionstabelle (${table}) ist beschädigt: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Reparieren Sie die Tabelle mit einem Werkzeug dafür, oder sichern Sie den Datenträger mit „Jeden Sektor, benutzt oder nicht“.",
  },
  EDIT_INVALID: {
    text: ({ problem }) => `Das ist nicht möglich: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Nehmen Sie es aus der Liste, oder ändern Sie es.",
  },
  SPACE_EXHAUSTED: {
    text: ({ file }) => `Für ${file} ist kein Platz mehr.`,
    safe: "Es gibt noch kein Abbild; was bisher gesichert ist, bleibt. Der Datenträger ist unverändert.",
    next: "Schaffen Sie dort Platz, oder wählen Sie einen anderen Ort. Beginnen Sie dann erneut.",
  },
  WINDOWS_HIBERNATED: {
    text: () => "Windows darauf wurde in den Ruhezustand versetzt und nicht heruntergefahren.",
    safe: NOTHING_WRITTEN,
    next: "Starten Sie Windows noch einmal und fahren Sie es ganz herunter. Oder lassen Sie die Sitzung im Ruhezustand verwerfen: Was offen und nicht gespeichert war, geht dann verloren, Dateien nicht.",
  },
  MOVE_UNFINISHED: {
    text: ({ number, device }) => `Eine Änderung der Partition ${number} von ${device} wurde unterbrochen.`,
    safe: "Die ganze Partition ist auf dem Datenträger, aber noch nicht alles an seinem Platz.",
    next: "Öffnen Sie „Partitionen“ und führen Sie sie zu Ende. Ändern Sie vorher nichts anderes auf diesem Datenträger.",
  },
  SECRET_MISSING: {
    text: ({ what }) => `Nötig ist, und noch nicht bekannt: ${what}`,
    safe: "Es wurde an niemanden etwas gesendet.",
    next: "Geben Sie es unter „Fehlende Kennwörter“ ein.",
  },
  SHARE_NO_ANSWER: {
    text: ({ server, port }) => `${server} antwortet nicht auf Port ${port}.`,
    safe: "Es wurde nichts verbunden.",
    next: "Prüfen Sie, ob der Server eingeschaltet ist, ob dieser Computer eine Adresse im Netz hat und ob keine Firewall dazwischen ist.",
  },
  SHARE_NAME_UNKNOWN: {
    text: ({ server }) => `Für ${server} ist keine Adresse bekannt.`,
    safe: "Es wurde nichts verbunden.",
    next: "Prüfen Sie den Namen, oder geben Sie stattdessen die Adresse des Servers ein.",
  },
  SHARE_DENIED: {
    text: ({ server, user }) => `${server} weist den Benutzer ${user} ab.`,
    safe: "Es wurde nichts verbunden.",
    next: "Prüfen Sie Benutzer, Kennwort und Domäne: Groß- und Kleinschreibung und die Tastaturbelegung.",
  },
  SHARE_READ_ONLY: {
    text: ({ server }) => `Auf ${server} kann nichts geschrieben werden.`,
    safe: "Abbilder darauf können gelesen und wiederhergestellt werden.",
    next: "Geben Sie dem Benutzer dort das Recht zu schreiben, oder kennzeichnen Sie die Freigabe als nur zum Lesen.",
  },
  BUCKET_NOT_FOUND: {
    text: ({ bucket, endpoint }) => `${endpoint} hat keinen Bucket ${bucket}.`,
    safe: "Es wurde nichts verbunden.",
    next: "Prüfen Sie die Namen des Buckets und des Servers, oder legen Sie den Bucket dort an.",
  },
  BUCKET_DENIED: {
    text: ({ bucket, endpoint }) => `${endpoint} lässt diesen Zugriffsschlüssel nicht in den Bucket ${bucket}.`,
    safe: "Es wurde nichts verbunden.",
    next: "Prüfen Sie Zugriffsschlüssel und geheimen Schlüssel: Groß- und Kleinschreibung und die Tastaturbelegung. Der Schlüssel braucht die Rechte aufzulisten, zu lesen, zu schreiben und zu löschen.",
  },
  BUCKET_CLOCK_WRONG: {
    text: ({ endpoint }) => `${endpoint} weist diesen Computer ab, weil seine Uhr falsch geht.`,
    safe: "Es wurde nichts verbunden.",
    next: "Stellen Sie auf dieser Seite die Uhrzeit, und verbinden Sie dann noch einmal.",
  },
  BUCKET_UNREACHABLE: {
    text: ({ endpoint }) => `${endpoint} antwortet nicht.`,
    safe: "Es wurde nichts verbunden.",
    next: "Prüfen Sie die Adresse, ob dieser Computer eine Adresse im Netz hat und ob der Server eingeschaltet ist.",
  },
  BUCKET_FAILED: {
    text: ({ bucket, endpoint, reason }) => `${endpoint}, Bucket ${bucket}: ${reason}`,
    safe: "Es wurde nichts verbunden.",
    next: "Prüfen Sie die Region. Das Protokoll des Servers selbst sagt vielleicht mehr.",
  },
  SHARE_HOST_KEY_UNKNOWN: {
    text: ({ server, fingerprint }) =>
      `${server} zeigt einen Schlüssel, den noch niemand bestätigt hat: ${fingerprint}`,
    safe: "Es wurde kein Kennwort dorthin gesendet.",
    next: "Vergleichen Sie ihn mit dem, den der Server selbst zeigt, und nehmen Sie ihn dann an.",
  },
  VOLUME_NOT_SHOWN: {
    text: ({ volume, reason }) => `Die Dateien von ${volume} können nicht gezeigt werden: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Öffnen Sie ein anderes Volume des Abbilds. Um dieses so zu bekommen, wie es ist, stellen Sie es auf einem Datenträger wieder her.",
  },
  PROOF_NO_MEMORY: {
    text: ({ wanted, own, available }) =>
      `Zum Starten ist zu wenig Speicher da: ${wanted} MiB und ${own} MiB für die virtuelle Maschine werden gebraucht, ${available} MiB sind frei.`,
    safe: "Der Datenträger ist unverändert.",
    next: "Versuchen Sie es auf einem Computer mit mehr Speicher.",
  },
  ORDER_REFUSED: {
    text: ({ server, reason }) => `Ein Auftrag von ${server} wird nicht ausgeführt: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Jemand in diesem Netz hat ihn vielleicht geändert. Hat der Server einen neuen Schlüssel, erstellen Sie den Startsatz neu; sonst suchen Sie nach einem anderen Server in diesem Netz.",
  },
  SECTOR_SIZE_UNFIT: {
    text: ({ partition, sectorSize, target, reason }) =>
      `${partition} geht nicht auf den Sektoren von ${sectorSize} Byte, die ${target} hat: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Wählen Sie einen Datenträger mit Sektoren der Größe, die die Quelle hatte, oder lassen Sie diese Partition weg.",
  },
  RESIZE_UNDONE: {
    text: ({ number, device, reason }) => `Partition ${number} von ${device} behält ihre Größe: ${reason}`,
    safe: "Die Partition, ihr Inhalt und die Partitionstabelle sind, wie sie waren.",
    next: "Tun Sie, was der Grund verlangt. Ein beschädigtes Dateisystem wird zuerst mit seinen eigenen Werkzeugen repariert.",
  },
};
