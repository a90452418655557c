import type { SentencesOf } from "#ui/i18n/tell.ts";

const PARTS = {
  ...{ grub: "el GRUB firmado", manager: "el gestor de claves", shim: "el primer cargador firmado, shim," },
  ...{ line: "la línea que lleva al menú de GRUB", name: "el nombre del cargador" },
} as const;
const own = (isOwn: boolean): string => (isOwn ? "del propio sistema" : "del sistema de rescate");

export const bootWords: SentencesOf<"boot"> = {
  "boot.no-system": "No se encontró ningún sistema instalado en este disco: no hay nada que el firmware pueda arrancar",
  "boot.several-esps": (p) =>
    `El disco tiene ${p.count} particiones del sistema EFI (${p.list.join(", ")}); cada sistema usa la que monta, y no se crea ninguna otra`,
  "boot.closed": (p) => `No se examinó: ${p.what}`,
  "boot.windows-table": "Windows arranca por UEFI solo desde una GPT, y por BIOS solo desde un MBR",
  "boot.next-table":
    "Convierta la tabla de particiones en «Particiones», o elija otra tabla en la distribución al restaurar.",
  "boot.grub-embedded": (p) => `GRUB para BIOS se escribe en ${p.where}, hecho con los módulos ${own(p.isOwn)}`,
  "boot.bios-partition": (p) => `la partición de arranque BIOS ${p.number}`,
  "boot.mbr-gap": "el hueco detrás del MBR",
  "boot.grub-core": (p) => `Escribir el núcleo de GRUB en ${p.where}`,
  "boot.grub-code": "Escribir el código de arranque de GRUB delante de la tabla de particiones",
  "boot.signature": "Marcar el primer sector como código de arranque (55 AA)",
  "boot.syslinux": "Un BIOS arranca syslinux desde este disco; se deja como está",
  "boot.next-syslinux": "Elija BIOS como firmware para tener GRUB en su lugar.",
  "boot.no-active": "Ninguna partición primaria podría arrancar Windows por BIOS",
  "boot.sector-empty": (p) =>
    `El sector de arranque de la partición ${p.number} no contiene código de arranque de Windows`,
  "boot.next-sector": "Arranque el medio de recuperación del propio Windows y ejecute: bootsect /nt60 SYS",
  "boot.active-code": "Escribir código de arranque que arranca la partición activa",
  "boot.active": (p) => `Marcar la partición ${p.number} como la que arranca un BIOS`,
  "boot.hidden-sectors": (p) =>
    `Indicar al sector de arranque de la partición ${p.number}${p.isCopy ? ", en su copia," : ""} dónde está (sectores ocultos: ${p.lba})`,
  "boot.signed-loader": (p) =>
    `Poner ${PARTS[p.part]} de ${p.name} (${p.from}) en la partición del sistema EFI, en ${p.path}`,
  "boot.own-grub": (p) => `Poner el GRUB de EFI/${p.home} en el lugar que el firmware arranca sin entrada`,
  "boot.built-grub": (p) =>
    `Poner un GRUB para ${p.name}, hecho con los módulos ${own(p.isOwn)}, en la partición del sistema EFI, en ${p.path}`,
  "boot.systemd-boot": (p) => `Poner systemd-boot de ${p.name} en la partición del sistema EFI, en ${p.path}`,
  "boot.windows-loader": (p) =>
    `Poner el administrador de arranque de Windows en ${p.path}, donde busca un firmware que no tiene entrada para él`,
  "boot.windows-file": (p) =>
    `Poner ${p.file} del administrador de arranque de Windows en la partición del sistema EFI`,
  "boot.fallback-other": (p) =>
    `${p.path}, que el firmware arranca sin entrada, es otro cargador (${p.loader}); se queda`,
  "boot.fallback-windows": (p) => `${p.path}, que el firmware arranca sin entrada, es el de Windows; se queda`,
  "boot.fallback-not-windows": (p) => `${p.path}, que el firmware arranca sin entrada, no es el de Windows; se queda`,
  "boot.unsigned": (p) =>
    `El GRUB para ${p.name} se hace aquí y no está firmado: Secure Boot tiene que estar desactivado`,
  "boot.next-unsigned":
    "Instale en el sistema los paquetes shim-signed y grub-efi-amd64-signed (o como los llame la distribución), y repare de nuevo.",
  "boot.fstab": (p) => `Corregir ${p.folder} en /etc/fstab: ${p.device} no está en ningún volumen de este disco`,
  "boot.fstab-new": "Añadir la partición del sistema EFI a /etc/fstab, en /boot/efi",
  "boot.menu-missing": "Hacer el menú de GRUB: no hay ninguno",
  "boot.menu-empty": "Hacer el menú de GRUB: no tiene entradas",
  "boot.menu-dead": "Hacer el menú de GRUB: ninguna de sus entradas arranca un núcleo que esté",
  "boot.menu-names": (p) => `Corregir el menú de GRUB, que nombra ${p.list.join(", ")}: ningún volumen de este disco`,
  "boot.menu-lost": (p) => `Una entrada de su menú nombra ${p.path}, que no está`,
  "boot.entry": (p) => `Corregir la entrada de arranque ${p.path}: su raíz no está en ningún volumen de este disco`,
  "boot.entry-lost": (p) => `La entrada de arranque ${p.path} nombra lo que no está: ${p.list.join(", ")}`,
  "boot.module": (p) => `Poner el módulo ${p.file} de GRUB junto a su menú, del GRUB ${own(p.isOwn)}`,
  "boot.modules": (p) => `Poner los ${p.count} módulos de GRUB junto a su menú, del GRUB ${own(p.isOwn)}`,
  "boot.entry-stale": (p) =>
    `La entrada de arranque ${p.entry} (${p.label}) nombra una partición que no está en ningún disco de este equipo; se queda`,
  "boot.bcd-closed": (p) =>
    `La configuración de arranque de Windows en la partición ${p.number} no se examinó: la partición o el disco no tiene identificador, o no se pudo abrir`,
};
