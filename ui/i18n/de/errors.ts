import { deLocale } from "#ui/i18n/de/locale.ts";
import { plural } from "#ui/i18n/de/plural.ts";
import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { createFormat } from "#ui/i18n/format.ts";

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
};
