import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { esLocale } from "#ui/i18n/es/locale.ts";
import { plural } from "#ui/i18n/es/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";

const { bytes } = createFormat(esLocale);

export const errors: ErrorTexts = {
  SERVER_UNREACHABLE: {
    text: () => "El programa de rescate no responde.",
    safe: "Una restauración en curso sigue sin esta página.",
    next: "Espere unos segundos y vuelva a intentarlo. Si sigue así, reinicie el equipo.",
  },
  JOB_LOST: {
    text: () => "El programa de rescate se ha iniciado de nuevo y la restauración en curso ha terminado con él.",
    safe: "La imagen no ha cambiado. El destino no tiene tabla de particiones, así que ningún equipo arranca desde él.",
    next: "Elija de nuevo la imagen y el destino: la restauración empieza entonces desde el principio.",
  },
  PAGE_FAILED: {
    safe: "Una restauración en curso sigue adelante: esta página solo la muestra.",
    next: "Recargue la página. Si vuelve a fallar, mire el registro e informe del error.",
  },
  IMAGE_UNLOCK_FAILED: {
    text: () => "Eso no abre esta imagen",
    next: "Compruebe mayúsculas y minúsculas y la distribución del teclado: «Mostrar» le deja ver lo que se ha escrito. Otra contraseña de la imagen o su clave de recuperación también la abre.",
  },
  IMAGE_LOCKED: {
    text: () => "La imagen está cifrada y aún no se ha dado su contraseña.",
    next: "Elija la imagen y escriba su contraseña.",
  },
  TARGET_TOO_SMALL: {
    text: ({ have, need }) => `Tiene ${bytes(Number(have))}, pero la imagen necesita ${bytes(Number(need))}.`,
  },
  TARGET_HOLDS_IMAGE: { text: () => "Contiene la propia imagen." },
  TARGET_IS_BOOT_MEDIUM: { text: () => "Este sistema de rescate se inició desde él." },
  TARGET_READ_ONLY: { text: () => "Es de solo lectura." },
  WRITE_FAILED: { next: "Compruebe el cable y el estado del disco y elija «Volver a intentar»." },
  CHUNK_DAMAGED: {
    text: ({ file, region, offset, problem }) =>
      `${file}: una parte de ${region}, en el byte ${offset} del archivo, está dañada: ${problem}`,
    next: "Elija otra copia de la imagen.",
  },
  RESTORE_SALVAGED: { text: ({ file }) => `${file} está dañado. Se ha restaurado todo lo que está intacto en él.` },
  TARGET_VERIFY_FAILED: {
    text: ({ device, damaged, region, offset }) =>
      plural(Number(damaged), {
        one: `${device}: # parte se relee distinta de como se escribió, en ${region}, byte ${offset}`,
        many: `${device}: # de partes se releen distintas de como se escribieron, la primera en ${region}, byte ${offset}`,
        other: `${device}: # partes se releen distintas de como se escribieron, la primera en ${region}, byte ${offset}`,
      }),
  },
  TOOL_FAILED: {
    text: ({ tool, status }) =>
      `Una parte del sistema de rescate no ha funcionado: ${tool} terminó con estado ${status}.`,
    safe: "Lo que se pidió no se ha completado.",
    next: "Inténtelo otra vez. Si vuelve a fallar, desconecte las memorias y los discos que no necesite y busque de nuevo. El registro contiene los detalles para quien pueda ayudar.",
  },
  INTERNAL: {
    text: ({ problem }) => `Una parte del sistema de rescate no ha funcionado: ${problem}`,
    next: "Inténtelo otra vez. Si vuelve a fallar, desconecte las memorias y los discos que no necesite y busque de nuevo. Es un error de Lifeboat: el registro contiene lo necesario para informar de él.",
  },
  IMAGE_DAMAGED: { next: "Elija otra copia de la imagen." },
  IMAGE_VERIFY_FAILED: { next: "Elija otra copia de la imagen." },
  CANCELLED: { next: "Empiece la restauración de nuevo o elija otra imagen." },
  PLAN_STALE: { text: () => "Los discos o la imagen han cambiado desde que se hizo el plan." },
};
