import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { plural } from "#ui/i18n/fr/plural.ts";

const { bytes } = createFormat(frLocale);

export const errors: ErrorTexts = {
  SERVER_UNREACHABLE: {
    text: () => "Le programme de secours ne répond pas.",
    safe: "Une restauration en cours continue sans cette page.",
    next: "Attendez quelques secondes et réessayez. Si cela persiste, redémarrez l’ordinateur.",
  },
  JOB_LOST: {
    text: () => "Le programme de secours a été relancé, et la restauration en cours s’est terminée avec lui.",
    safe: "L’image est inchangée. La cible n’a pas de table de partitions : aucun ordinateur n’en démarrera.",
    next: "Choisissez à nouveau l’image et la cible : la restauration reprend alors du début.",
  },
  PAGE_FAILED: {
    safe: "Une restauration en cours continue : cette page ne fait que la montrer.",
    next: "Rechargez la page. Si elle échoue encore, consultez le journal et signalez l’erreur.",
  },
  IMAGE_UNLOCK_FAILED: {
    text: () => "Cela n’ouvre pas cette image",
    next: "Vérifiez les majuscules et minuscules et la disposition du clavier : « Afficher » permet de voir ce qui a été tapé. Un autre mot de passe de l’image ou sa clé de récupération l’ouvre aussi.",
  },
  IMAGE_LOCKED: {
    text: () => "L’image est chiffrée et son mot de passe n’a pas encore été donné.",
    next: "Choisissez l’image et tapez son mot de passe.",
  },
  TARGET_TOO_SMALL: {
    text: ({ have, need }) => `Il a ${bytes(Number(have))}, mais l’image en demande ${bytes(Number(need))}.`,
  },
  TARGET_HOLDS_IMAGE: { text: () => "Il contient l’image elle-même." },
  TARGET_IS_BOOT_MEDIUM: { text: () => "Ce système de secours a été démarré depuis lui." },
  TARGET_READ_ONLY: { text: () => "Il est en lecture seule." },
  WRITE_FAILED: { next: "Vérifiez le câble et l’état du disque, puis choisissez « Réessayer »." },
  CHUNK_DAMAGED: {
    text: ({ file, region, offset, problem }) =>
      `${file} : une partie de ${region}, à l’octet ${offset} du fichier, est endommagée : ${problem}`,
    next: "Choisissez une autre copie de l’image.",
  },
  RESTORE_SALVAGED: { text: ({ file }) => `${file} est endommagé. Tout ce qui y est intact a été restauré.` },
  TARGET_VERIFY_FAILED: {
    text: ({ device, damaged, region, offset }) =>
      plural(Number(damaged), {
        one: `${device} : # partie est relue autrement qu’elle n’a été écrite, dans ${region} à l’octet ${offset}`,
        many: `${device} : # de parties sont relues autrement qu’elles n’ont été écrites, la première dans ${region} à l’octet ${offset}`,
        other: `${device} : # parties sont relues autrement qu’elles n’ont été écrites, la première dans ${region} à l’octet ${offset}`,
      }),
  },
  TOOL_FAILED: {
    text: ({ tool, status }) =>
      `Une partie du système de secours n’a pas fonctionné : ${tool} s’est terminé avec l’état ${status}.`,
    safe: "Ce qui était demandé n’a pas été achevé.",
    next: "Réessayez. En cas de nouvel échec, débranchez les clés et les disques inutiles et cherchez à nouveau. Le journal contient les détails pour qui peut aider.",
  },
  INTERNAL: {
    text: ({ problem }) => `Une partie du système de secours n’a pas fonctionné : ${problem}`,
    next: "Réessayez. En cas de nouvel échec, débranchez les clés et les disques inutiles et cherchez à nouveau. C’est une erreur de Lifeboat : le journal contient ce qu’il faut pour la signaler.",
  },
  IMAGE_DAMAGED: { next: "Choisissez une autre copie de l’image." },
  IMAGE_VERIFY_FAILED: { next: "Choisissez une autre copie de l’image." },
  CANCELLED: { next: "Recommencez la restauration ou choisissez une autre image." },
  PLAN_STALE: { text: () => "Les disques ou l’image ont changé depuis que le plan a été fait." },
};
