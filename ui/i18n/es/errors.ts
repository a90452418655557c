import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { esLocale } from "#ui/i18n/es/locale.ts";
import { plural } from "#ui/i18n/es/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";

const NOTHING_WRITTEN = "No se ha escrito nada.";
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
  TARGET_IS_SOURCE: { text: () => "Es el origen." },
  TARGET_IN_USE: {
    text: ({ by }) => `Está en uso: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "Espere a que termine lo que lo usa, o desmóntelo. Después vuelva a elegirlo.",
  },
  SOURCE_IN_USE: {
    text: ({ source, by }) => `Se está escribiendo en ${source}: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "La imagen de un disco que cambia no sería coherente. Termine lo que escribe en él e inténtelo de nuevo.",
  },
  JOB_BUSY: {
    text: ({ device }) => `Otra tarea está escribiendo en ${device}.`,
    safe: NOTHING_WRITTEN,
    next: "Espere a que esa tarea termine, o deténgala.",
  },
  FILE_EXISTS: {
    text: ({ file }) => `${file} ya existe.`,
    safe: NOTHING_WRITTEN,
    next: "Elija otro nombre: nunca se sobrescribe lo que ya existe.",
  },
  LAYOUT_INVALID: {
    text: ({ problem }) => `Esta distribución no es posible: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Cambie lo que se nombra o elija otra distribución.",
  },
  LAYOUT_TOO_SMALL: {
    text: ({ have, need }) => `Tiene ${bytes(Number(have))}, pero las particiones necesitan ${bytes(Number(need))}.`,
    safe: NOTHING_WRITTEN,
    next: "Elija un disco más grande, deje que las particiones se reduzcan o deje fuera algunas.",
  },
  TABLE_DAMAGED: {
    text: ({ device, table, problem }) => `${device}: la tabla de particiones (${table}) está dañada: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Repare la tabla con una herramienta para ello, o guarde el disco con «Todos los sectores, usados o no».",
  },
  EDIT_INVALID: {
    text: ({ problem }) => `Esto no se puede hacer: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Quítela de la lista, o cámbiela.",
  },
  SPACE_EXHAUSTED: {
    text: ({ file }) => `No queda espacio para ${file}.`,
    safe: "Aún no hay imagen; se conserva lo capturado hasta ahora. El disco no ha cambiado.",
    next: "Libere espacio o elija otro lugar. Después empiece de nuevo.",
  },
  WINDOWS_HIBERNATED: {
    text: () => "El Windows que contiene se hibernó y no se apagó.",
    safe: NOTHING_WRITTEN,
    next: "Inicie Windows una vez más y apáguelo por completo. O acepte descartar la sesión hibernada: se pierde lo que estaba abierto sin guardar, los archivos no.",
  },
  MOVE_UNFINISHED: {
    text: ({ number, device }) => `Se interrumpió un cambio de la partición ${number} de ${device}.`,
    safe: "Toda la partición está en el disco, pero aún no todo en su sitio.",
    next: "Abra «Particiones» y termínelo. Antes no cambie nada más en este disco.",
  },
  SECRET_MISSING: {
    text: ({ what }) => `Hace falta y aún no se conoce: ${what}`,
    safe: "No se ha enviado nada a nadie.",
    next: "Escríbala en «Contraseñas que faltan».",
  },
  SHARE_NO_ANSWER: {
    text: ({ server, port }) => `${server} no responde en el puerto ${port}.`,
    safe: "No se ha conectado nada.",
    next: "Compruebe que el servidor está encendido, que este equipo tiene una dirección en la red y que no hay un cortafuegos entre ambos.",
  },
  SHARE_NAME_UNKNOWN: {
    text: ({ server }) => `No se conoce ninguna dirección de ${server}.`,
    safe: "No se ha conectado nada.",
    next: "Compruebe el nombre, o escriba en su lugar la dirección del servidor.",
  },
  SHARE_DENIED: {
    text: ({ server, user }) => `${server} rechaza al usuario ${user}.`,
    safe: "No se ha conectado nada.",
    next: "Compruebe usuario, contraseña y dominio: mayúsculas y minúsculas, y la distribución del teclado.",
  },
  SHARE_READ_ONLY: {
    text: ({ server }) => `No se puede escribir nada en ${server}.`,
    safe: "Sus imágenes se pueden leer y restaurar.",
    next: "Dé al usuario permiso de escritura, o marque el recurso como de solo lectura.",
  },
  BUCKET_NOT_FOUND: {
    text: ({ bucket, endpoint }) => `${endpoint} no tiene ningún bucket ${bucket}.`,
    safe: "No se ha conectado nada.",
    next: "Compruebe los nombres del bucket y del servidor, o cree el bucket allí.",
  },
  BUCKET_DENIED: {
    text: ({ bucket, endpoint }) => `${endpoint} no deja entrar a esta clave de acceso en el bucket ${bucket}.`,
    safe: "No se ha conectado nada.",
    next: "Compruebe la clave de acceso y la clave secreta: mayúsculas y minúsculas, y la distribución del teclado. La clave necesita permiso para listar, leer, escribir y borrar.",
  },
  BUCKET_CLOCK_WRONG: {
    text: ({ endpoint }) => `${endpoint} rechaza a este equipo porque su reloj va mal.`,
    safe: "No se ha conectado nada.",
    next: "Ponga la hora en esta página y conecte otra vez.",
  },
  BUCKET_UNREACHABLE: {
    text: ({ endpoint }) => `${endpoint} no responde.`,
    safe: "No se ha conectado nada.",
    next: "Compruebe la dirección, que este equipo tiene una dirección en la red y que el servidor está encendido.",
  },
  BUCKET_FAILED: {
    text: ({ bucket, endpoint, reason }) => `${endpoint}, bucket ${bucket}: ${reason}`,
    safe: "No se ha conectado nada.",
    next: "Compruebe la región. El registro del propio servidor puede decir más.",
  },
  SHARE_HOST_KEY_UNKNOWN: {
    text: ({ server, fingerprint }) => `${server} muestra una clave que nadie ha confirmado aún: ${fingerprint}`,
    safe: "No se le ha enviado ninguna contraseña.",
    next: "Compárela con la que muestra el propio servidor y después acéptela.",
  },
  VOLUME_NOT_SHOWN: {
    text: ({ volume, reason }) => `Los archivos de ${volume} no se pueden mostrar: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Abra otro volumen de la imagen. Para tener este tal como es, restáurelo en un disco.",
  },
  PROOF_NO_MEMORY: {
    text: ({ wanted, own, available }) =>
      `Hay muy poca memoria para arrancarlo: se necesitan ${wanted} MiB y ${own} MiB para la máquina virtual, y hay ${available} MiB libres.`,
    safe: "El disco no ha cambiado.",
    next: "Inténtelo en un equipo con más memoria.",
  },
  ORDER_REFUSED: {
    text: ({ server, reason }) => `No se sigue una orden de ${server}: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Puede que alguien en esta red la haya cambiado. Si el servidor tiene una clave nueva, vuelva a crear el conjunto de arranque; si no, busque otro servidor en esta red.",
  },
  SECTOR_SIZE_UNFIT: {
    text: ({ partition, sectorSize, target, reason }) =>
      `${partition} no puede estar en los sectores de ${sectorSize} bytes que tiene ${target}: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Elija un disco con sectores del tamaño que tenía el origen, o deje fuera esta partición.",
  },
  RESIZE_UNDONE: {
    text: ({ number, device, reason }) => `La partición ${number} de ${device} conserva su tamaño: ${reason}`,
    safe: "La partición, lo que contiene y la tabla de particiones están como estaban.",
    next: "Haga lo que pide el motivo. Un sistema de archivos dañado se repara antes con sus propias herramientas.",
  },
};
