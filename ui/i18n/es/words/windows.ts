import type { SentencesOf } from "#ui/i18n/tell.ts";

export const windowsWords: SentencesOf<"windows"> = {
  "windows.asleep": (p) => `${p.state}: no se cambia nada en él`,
  "windows.asleep-boot": (p) => `${p.state}: su configuración de arranque se queda como está`,
  "windows.asleep-undo": (p) => `${p.state}: no se deshace nada`,
  "windows.next-asleep":
    "Inicie Windows una vez más donde funcionaba y apáguelo por completo (shutdown /s /t 0). O acepte descartar la sesión hibernada: se pierde lo que estaba abierto en ella sin guardar, los archivos del disco no.",
  "windows.session-discarded": (p) => `${p.state}: esa sesión se elimina`,
  "windows.session-removed": "Eliminar la sesión hibernada, que no sirve para ningún otro hardware",
  "windows.hives-recovered": (p) =>
    `Windows no había escrito su registro hasta el final (${p.list.join(", ")}): se completa con sus diarios`,
  "windows.bitlocker":
    "Un volumen está cifrado con BitLocker: en otro equipo el TPM no lo abre, y Windows pide la clave de recuperación al arrancar",
  "windows.setup": (p) =>
    `Una instalación de Windows no está terminada y sigue al arrancar (${p.command}); se deja como está`,
  "windows.server-disks":
    "Un servidor Windows puede dejar otros discos sin conexión si ha cambiado su controladora: «Administración de discos» los pone en línea",
  "windows.activation":
    "Windows, Office y otros programas pueden pedir que se activen de nuevo en otro hardware: ningún programa puede cambiar eso",
  "windows.page-file": (p) =>
    `El archivo de paginación ${p.file} está en un volumen que no está en este disco: Windows arranca sin él`,
  "windows.crash": "Un error al arrancar se queda en la pantalla",
  "windows.hive": (p) =>
    `Cambiar valores del registro: ${p.count} (${p.hive}${p.isWhole ? "" : ", completado con sus diarios"})`,
  "windows.hive-log": (p) => `Vaciar un diario del subárbol ${p.hive} del registro`,
  "windows.mounted": (p) => `${p.name} es la partición donde está ahora`,
  "windows.mounted-gone": (p) => `${p.name} nombra una partición que ya no está`,
  "windows.letter": (p) => `El volumen de Windows sigue siendo ${p.letter}`,
  "windows.storage": (p) => `${p.driver} (${p.drives}) se carga cuando arranca Windows`,
  "windows.sata": "controladoras SATA (AHCI)",
  "windows.ide": "controladoras IDE",
  "windows.raid": "otras controladoras RAID",
  "windows.cards": "tarjetas de memoria (eMMC)",
  "windows.two": (p) => `${p.first} y ${p.second}`,
  "windows.filter": (p) => `El filtro ${p.list.join(", ")} de ${p.devices} se quita: su controlador no está`,
  "windows.disks": "discos",
  "windows.controllers": "controladoras de disco",
  "windows.ide-controllers": "controladoras IDE y SATA",
  "windows.volumes": "volúmenes",
  "windows.tools": (p) => `${p.driver}, de ${p.maker}, ya no se carga`,
  "windows.old-xen": "Xen (controladores antiguos de Red Hat)",
  "windows.controller": (p) =>
    `Windows no tiene controlador para la controladora de disco ${p.id}: indique la carpeta con el controlador de su fabricante`,
  "windows.driver-loaded": (p) => `El controlador ${p.driver} de ${p.inf} se carga cuando arranca Windows`,
  "windows.driven": (p) => `${p.id} lo maneja ${p.driver}`,
  "windows.bound": (p) => `Identificadores de dispositivos (${p.count}) quedan ligados a ${p.driver} de ${p.inf}`,
  "windows.driver-file": (p) => `Poner un controlador (${p.architecture})`,
  "windows.file-replaced": (p) =>
    `${p.path} estaba con otro contenido y se sustituye por el de la carpeta; el antiguo se guarda`,
  "windows.staged": "Poner un controlador donde Windows lo instala",
  "windows.script": "Instalar los controladores de \\Lifeboat\\Drivers cuando arranca Windows, y eliminarse",
  "windows.first-start": "Windows instala los controladores de \\Lifeboat\\Drivers en su primer arranque",
  "windows.device-path": "Windows busca controladores también en \\Lifeboat\\Drivers",
  "windows.drivers-unfit": (p) =>
    `Ninguno de los controladores de las carpetas es para este ${p.isMachine ? "equipo" : "Windows"} (${p.count} para este Windows, ${p.others} para otros)`,
  "windows.folder-large": (p) =>
    `${p.path}: no se miró todo: tiene demasiados archivos para una carpeta de controladores`,
  "windows.inf-large": (p) => `${p.path}: demasiado grande para la descripción de un controlador`,
  "windows.not-installed": (p) => `${p.inf} no se instala más tarde: ${p.list.join(", ")} falta o es demasiado grande`,
  "windows.no-own-driver": (p) => `${p.inf}, ${p.section}: no se pone ningún controlador propio: ${p.why}`,
  "windows.goes-on": (p) => `sigue con ${p.list.join(", ")} de Windows`,
  "windows.has-none": "no tiene ninguno",
  "windows.not-put-in": (p) => `${p.inf}: ${p.driver} no se pone: ${p.why}`,
  "windows.no-driver": (p) => `no es un controlador (tipo ${p.type})`,
  "windows.own-driver": "Windows tiene un controlador propio con ese nombre",
  "windows.bad-names": "sus nombres no valen",
  "windows.no-device": "no nombra ningún dispositivo",
  "windows.other-package": "Windows tiene otro paquete con ese nombre, que se queda",
  "windows.file-missing": (p) => `su archivo ${p.file} no está en la carpeta`,
  "windows.no-program": (p) => `${p.file} no es un programa para Windows`,
  "windows.wrong-architecture": (p) => `${p.file} es para ${p.architecture}, y este Windows es ${p.own}`,
  "windows.unsigned": (p) => `${p.file} no lleva firma dentro, y sin ella un Windows de 64 bits no arranca con él`,
  "windows.manager": "Poner el administrador de arranque de Windows en su sitio",
  "windows.boot-file": "Copiar un archivo de arranque que Windows lleva dentro",
  "windows.no-boot-files": (p) => `Este Windows no se puede preparar para BIOS: ${p.path} no está`,
  "windows.no-loader": (p) => `Windows no tiene cargador para este firmware: ${p.path} no está`,
  "windows.needs-csm":
    "Este Windows es anterior al 8: con UEFI necesita un firmware con el módulo de compatibilidad (CSM) activado y Secure Boot desactivado",
  "windows.other-firmware": "Lo que arranca Windows con el otro tipo de firmware está al lado, y se queda",
  "windows.store": "Indicar al administrador de arranque de Windows dónde está cada cosa",
  "windows.store-new": "Hacer de nuevo la configuración de arranque de Windows",
  "windows.store-log": "Vaciar un diario de la configuración de arranque",
  "windows.store-missing": "No había configuración de arranque: se hace una nueva",
  "windows.store-damaged": (p) => `${p.problem}: se hace una nueva, la antigua se guarda`,
  "windows.entry-elsewhere": (p) =>
    `La configuración de arranque nombra una partición que no está en este disco (${p.what}: ${p.partition}); se queda como está`,
  "windows.gpt-partition": (p) => `partición ${p.partition} del disco ${p.disk}`,
  "windows.mbr-partition": (p) => `partición en el byte ${p.start} del disco ${p.disk}`,
  "windows.list-programs": "Anotar todos los cambios, para poder deshacerlos",
  "windows.list-people": "Anotar todos los cambios, para las personas",
  "windows.list-regedit": (p) => `Anotar cómo eran los valores de ${p.hive}, para Regedit`,
  "windows.undo-file": "Devolver un archivo a como era",
  "windows.undo-new": "Eliminar un archivo que no estaba",
  "windows.undo-log": "Vaciar un diario de lo que se ha cambiado desde entonces",
  "windows.undo-alone":
    "El código de arranque delante de las particiones, la partición activa y las entradas del firmware se quedan como están: con los archivos antiguos arrancan lo que arrancaban",
  "windows.undo-linux":
    "Lo que se cambió en un Linux de este disco se queda; sus archivos antiguos están en /var/lib/lifeboat",
  "windows.undo-lost": (p) => `No guardado, y perdido: ${p.list.join(", ")}`,
};
