import type { DoctorWords } from "#pxe/console/contract.ts";
import { esLocale } from "#ui/i18n/es/locale.ts";
import { plural } from "#ui/i18n/es/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";

const { bytes, dateTime, list } = createFormat(esLocale);

export const doctor: DoctorWords = {
  "seen.SERVER_NOT_RUNNING": (p) =>
    `La última señal de vida del servidor ${p.address} fue el ${dateTime(new Date(p.at).toISOString())}.`,
  "seen.SERVER_NOT_RUNNING-never": "Ningún servidor ha funcionado nunca con estos equipos.",
  "means.SERVER_NOT_RUNNING": "Nadie responde a los equipos que arrancan.",
  "do.SERVER_NOT_RUNNING":
    "Inícielo: `lifeboat pxe serve`. Si funciona con otro archivo o base de datos, indíquelo con `--machines`.",

  "seen.PORT_TAKEN": (p) => `Otro programa tiene un puerto que necesita el arranque por red: ${list(p.ports)}.`,
  "port.taken": (p) => `puerto ${p.port} de ${p.owner}`,
  "means.PORT_TAKEN":
    "`pxe serve` no puede iniciarse a su lado, y lo que los equipos preguntan a ese programa lo responde a su manera.",
  "do.PORT_TAKEN": "Detenga ese programa, o sirva desde otro equipo.",

  "seen.ADDRESS_GONE": (p) =>
    `La tarjeta de red ${p.interface} ya no está, o ninguna interfaz tiene ya su dirección ${p.address}.`,
  "means.ADDRESS_GONE": "En esta tarjeta de red no se ofrece nada; las demás del servidor siguen.",
  "do.ADDRESS_GONE":
    "Devuélvale su dirección (a un servidor le va bien una fija): unos segundos después se atiende de nuevo por sí sola.",

  "seen.SERVICE_SILENT": (p) =>
    `El servidor ${p.service} no respondió en ${p.address} puerto ${p.port}, preguntado desde el propio servidor: ${p.reason}.`,
  "means.SERVICE_SILENT": "Un cortafuegos lo descarta incluso aquí, o el servidor está colgado.",
  "do.SERVICE_SILENT": "Mire abajo las reglas del cortafuegos, si las hay; inicie `pxe serve` de nuevo.",

  "seen.FIREWALL": (p) =>
    `El cortafuegos del servidor descarta lo que llega por ${p.device} para ${p.protocol} puerto ${p.port}: ${p.where}.`,
  "seen.FIREWALL-maybe": (p) =>
    `El cortafuegos del servidor quizá descarta lo que llega por ${p.device} para ${p.protocol} puerto ${p.port}: ${p.where}.`,
  "means.FIREWALL": "No se oye a los equipos que arrancan.",
  "do.FIREWALL": (p) =>
    `Déjelo entrar: \`nft insert rule ...\` o, con firewalld o ufw, ${p.protocol} puerto ${p.port} en ${p.device}. \`nft -a list ruleset\` muestra la regla.`,

  "seen.NOTHING_HEARD": "Nunca se ha oído nada de este equipo.",
  "seen.NOTHING_HEARD-of": (p) => `Nunca se ha oído nada de ${p.name}.`,
  "means.NOTHING_HEARD": "Sus preguntas no llegan a este servidor, o no hace ninguna.",
  "do.NOTHING_HEARD":
    "Compruebe el cable y el puerto del conmutador (VLAN, port security, spanning tree sin port fast), que el arranque por red está activado en el firmware y antes del disco, y que un encaminador intermedio retransmite DHCP a este servidor.",

  "seen.NO_BOOT_OPTION": (p) =>
    plural(p.count, {
      one: "Pidió # vez una dirección, sin la opción 60 (PXEClient o HTTPClient).",
      many: "Pidió # de veces una dirección, sin la opción 60 (PXEClient o HTTPClient).",
      other: "Pidió # veces una dirección, sin la opción 60 (PXEClient o HTTPClient).",
    }),
  "means.NO_BOOT_OPTION":
    "Es un sistema instalado, o un firmware con el arranque por red desactivado: no pregunta qué arrancar.",
  "do.NO_BOOT_OPTION":
    "Active el arranque por red (PXE, UEFI network stack) en el firmware, antes del disco. Si un relé o un conmutador cambia los mensajes DHCP, deje pasar la opción 60.",

  "seen.no-offer": (p) => `Preguntó qué arrancar, y no se le indicó ningún archivo: ${p.reason}.`,
  "seen.no-offer-kind": (p) => `Preguntó qué arrancar (${p.kind}), y no se le indicó ningún archivo: ${p.reason}.`,
  "means.UNKNOWN_ARCHITECTURE": "Su procesador o su firmware es de un tipo que aquí no se conoce.",
  "do.UNKNOWN_ARCHITECTURE":
    "`lifeboat pxe machines show` muestra el número que envió (RFC 4578, opción 93). Arránquelo de otro modo, como en modo BIOS o desde una memoria USB.",
  "means.NO_FILE_FOR_ARCHITECTURE": "La carpeta ofrecida no tiene un cargador para su tipo de firmware.",
  "do.NO_FILE_FOR_ARCHITECTURE":
    "Ponga uno (su nombre está en docs/pxe.md), o cambie su firmware a un tipo que la carpeta tenga. `media pxe` hace archivos para BIOS y UEFI x64.",
  "means.NO_FILE": "La respuesta no le habría llegado.",
  "do.NO_FILE": "Vea las líneas del servidor.",
  "means.NOT_APPROVED": "El servidor solo da archivos de arranque a equipos admitidos, y a este nadie lo ha admitido.",
  "means.REFUSED": "Alguien ha rechazado este equipo.",
  "means.STARTS_FROM_DISK": "No debe arrancar desde la red: así se ajustó, o su tarea ha terminado.",

  "seen.no-address": (p) => `No recibió dirección: ${p.reason}.`,
  "seen.no-address-relay": (p) => `No recibió dirección: ${p.reason} (${p.relay}).`,
  "means.RELAY_UNKNOWN":
    "Un relé retransmite sus preguntas, con una dirección propia que no está en ninguna de las redes de este servidor.",
  "do.RELAY_UNKNOWN":
    "Añada esa red al archivo de `--dhcp-file`, o corrija el relé: su dirección (giaddr) debe ser la de la interfaz hacia los equipos.",
  "means.NO_ADDRESS": "Sin dirección no carga nada.",
  "do.NO_ADDRESS":
    "Amplíe el rango o acorte la duración de las concesiones; dos equipos con una misma dirección deben distinguirse. `lifeboat pxe machines show` sin equipo muestra con qué se encontró el servidor.",

  "seen.OTHER_DHCP_SERVER": (p) => `Otro servidor DHCP responde en esta red: ${list(p.servers)}.`,
  "means.OTHER_DHCP_SERVER":
    "Los equipos toman la respuesta que llega primero: direcciones de dos clases, y archivos de arranque de aquel servidor o ninguno.",
  "do.OTHER_DHCP_SERVER":
    "Apague uno de los dos. Junto a un servidor DHCP que se queda, use `pxe serve` sin `--dhcp`: entonces solo indica archivos.",

  "seen.OFFER_NOT_TAKEN": (p) =>
    plural(p.count, {
      one: "Preguntó, se le dijo # vez qué cargar, y luego no pidió ningún archivo.",
      many: "Preguntó, se le dijo # de veces qué cargar, y luego no pidió ningún archivo.",
      other: "Preguntó, se le dijo # veces qué cargar, y luego no pidió ningún archivo.",
    }),
  "means.OFFER_NOT_TAKEN":
    "La respuesta no le llega, su firmware no acepta la de un segundo servidor (proxyDHCP), tomó la de otro, o su petición del archivo no llega a este servidor (puerto UDP 69, puerto TCP 80).",
  "do.OFFER_NOT_TAKEN":
    "Busque un cortafuegos o conmutador que descarte respuestas DHCP (DHCP snooping: confíe en el puerto de este servidor). Pruebe `--no-dhcp` con las líneas de `lifeboat pxe snippets` en su servidor DHCP.",

  "seen.FILE_MISSING": (p) => `Lo último que pidió fue ${p.file}, y no lo recibió: ${p.reason}.`,
  "means.FILE_MISSING":
    "A la carpeta ofrecida le falta un archivo que su cargador necesita, o lo tiene con otro nombre; o el equipo no puede tenerlo.",
  "do.FILE_MISSING":
    "Haga la carpeta de nuevo con `lifeboat media pxe`, o corrija el nombre en el servidor DHCP o en la configuración del cargador.",

  "seen.TRANSFER_BROKEN": (p) => `${p.file} se cortó tras ${bytes(p.loaded)}: ${p.how}.`,
  "seen.TRANSFER_BROKEN-size": (p) => `${p.file} se cortó tras ${bytes(p.loaded)} de ${bytes(p.size)}: ${p.how}.`,
  "means.TRANSFER_BROKEN":
    "Se pierden paquetes en el camino, se apagó el equipo, o su cargador no tiene sitio para el archivo.",
  "do.TRANSFER_BROKEN":
    "Pruebe otro cable y otro puerto del conmutador; busque una MTU equivocada o un cortafuegos que no conozca TFTP (las respuestas vienen de un puerto distinto del 69). Por HTTP las pérdidas dañan menos.",

  "seen.SECURE_BOOT": (p) => `Cargó ${p.file} entero y no pidió nada más.`,
  "seen.SECURE_BOOT-on": (p) => `Cargó ${p.file} entero y no pidió nada más. Su Secure Boot está activado.`,
  "means.SECURE_BOOT":
    "shim o el firmware no se fía de este archivo: su firma falta, no es de confianza o está revocada (SBAT, dbx).",
  "means.SECURE_BOOT-shim":
    "El firmware no se fía de este archivo (Secure Boot), o shim no pudo cargar GRUB del mismo sitio.",
  "means.SECURE_BOOT-ipxe": "iPXE no está firmado: un firmware con Secure Boot activado no lo arranca.",
  "do.SECURE_BOOT":
    "Haga la carpeta de nuevo con `lifeboat media pxe`, para que shim, GRUB y kernel casen; active la «third party UEFI CA» en el firmware (muchos equipos de empresa la traen desactivada); o desactive Secure Boot y vea si arranca.",
  "do.SECURE_BOOT-ipxe":
    "Ofrezca en su lugar bootx64.efi (el shim firmado de Debian, como lo hace `media pxe`), o desactive Secure Boot.",

  "seen.KERNEL_NOT_ASKED": (p) => `Cargó ${p.file} entero y nunca pidió un kernel.`,
  "seen.KERNEL_NOT_ASKED-runs": (p) => `Cargó ${p.file} entero, siguió con él y nunca pidió un kernel.`,
  "seen.KERNEL_NOT_ASKED-menu": (p) => `Eligió ${p.title} en su menú y nunca pidió su kernel.`,
  "means.KERNEL_NOT_ASKED": "El cargador no funciona, o no tiene red propia.",
  "means.KERNEL_NOT_ASKED-runs":
    "El cargador funciona: espera en su menú, o no encuentra lo que nombra su configuración.",
  "means.KERNEL_NOT_ASKED-menu": "Su cargador se detuvo: dice por qué en la pantalla del equipo.",
  "do.KERNEL_NOT_ASKED":
    "Mire la pantalla del equipo. Compare la dirección en la configuración del cargador (`media pxe --url`) con la de este servidor; si iPXE no conoce la tarjeta de red, que use el controlador del firmware (snponly.efi, undionly.kpxe).",
  "do.KERNEL_NOT_ASKED-menu": "Mire la pantalla del equipo.",

  "seen.WAITS_AT_MENU": (p) => `Muestra el menú ${p.title}, y no se ha elegido nada.`,
  "means.WAITS_AT_MENU": "Espera a alguien ante su teclado: el menú no tiene plazo, o alguien lo detuvo.",
  "do.WAITS_AT_MENU": "Elija en el equipo, o dé al menú un `timeout` y un `default` en el archivo de `--menu`.",
  "seen.menu-refused": (p) => `Eligió ${p.title} en su menú y fue rechazado: ${p.reason}.`,
  "means.MENU_REFUSED": "La entrada pide nombre y contraseña, y no recibió los de ninguno de sus usuarios.",
  "do.MENU_REFUSED":
    "Inténtelo de nuevo: tras algunos errores hay que esperar, hasta cinco minutos. `lifeboat pxe password` hace lo que representa una contraseña nueva en el archivo de `--menu`.",

  "seen.RESCUE_NOT_UP": "Cargó el kernel y su initramfs, y luego nada más.",
  "seen.RESCUE_NOT_UP-kernel": "Cargó el kernel, ningún initramfs, y luego nada más.",
  "means.RESCUE_NOT_UP":
    "El kernel no funciona en este equipo, no tiene controlador para su tarjeta de red, o no recibió dirección por segunda vez. (Un sistema que no es de Lifeboat quizá funcione: no dice nada.)",
  "means.RESCUE_NOT_UP-kernel": "El cargador se detuvo antes de que llegara el initramfs.",
  "do.RESCUE_NOT_UP":
    "Mire la pantalla del equipo. Una tarjeta que necesita firmware quiere un juego sin `--no-firmware`; un spanning tree que cierra un puerto 30 segundos quiere port fast.",

  "seen.TOO_LITTLE_MEMORY": (p) => `Tiene ${bytes(p.memory)} de memoria, y el sistema de rescate no arrancó.`,
  "means.TOO_LITTLE_MEMORY": (p) =>
    `Todo lo que se carga de la red está en la memoria: hacen falta al menos ${bytes(p.least)}, 2 GiB para la pantalla.`,
  "do.TOO_LITTLE_MEMORY": "Arránquelo desde una memoria USB, que necesita menos, o añada memoria.",
  "means.TOO_LITTLE_MEMORY-menu":
    "Lo que arranca de la red está en la memoria, y no basta para ello; no se cargó nada.",
  "do.TOO_LITTLE_MEMORY-menu":
    "Arránquelo desde una memoria USB, que necesita menos, añada memoria, o corrija `memory` de esta entrada en el archivo de `--menu`.",

  "seen.machine-says": (p) => `El equipo dice: ${p.text} (${p.code}).`,
  "means.MACHINE_PROBLEM": "El sistema de rescate se encontró con esto en el propio equipo.",
  "do.MACHINE_PROBLEM": "Su pantalla o su línea serie dice más. docs/errors.md enumera los códigos.",
};
