import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(esLocale);

export const damageWords: SentencesOf<"damage" | "damaged"> = {
  "damage.lost": "el repositorio ha perdido el paquete con sus datos",
  "damage.file-cut": (p) => `${p.path} está cortado`,
  "damage.cut": "está cortado",
  "damage.length": "su longitud no puede ser correcta",
  "damage.other": "su cabecera es de otro trozo",
  "damage.content": "su contenido no coincide con su SHA-256",
  "damage.data": "sus datos no coinciden con su suma de comprobación",
  "damage.no-header": "su cabecera no es la de un trozo",
  "damage.header": "su cabecera no coincide con su suma de comprobación",
  "damage.expand": "sus datos no se pueden descomprimir",
  "damage.plain": "no está cifrado",
  "damage.sealed-header": "su cabecera dice más de lo que puede decir la de un trozo cifrado",
  "damage.seal": "se modificó o no es de esta imagen: su marca de autenticidad no coincide",
  "damaged.chunk": (p) =>
    `trozo ${number(p.number)} de ${p.region}, ${number(p.count)} bytes desde el byte ${number(p.start)} del disco: ${p.problem}`,
};

/** Why a partition cannot live on sectors of another size. */
export const sectorWords: SentencesOf<"sector"> = {
  "sector.encrypted": "lo que contiene cifrado puede depender del tamaño de los sectores",
  "sector.filesystem": (p) => `no se sabe si ${p.filesystem} puede estar en sectores de otro tamaño`,
  "sector.blocks": (p) =>
    `los bloques de su ${p.filesystem} tienen ${number(p.number)} bytes y no deben ser menores que los sectores`,
  "sector.ntfs": (p) =>
    `Windows solo lee un NTFS en sectores del tamaño para el que se creó: ${number(p.number)} bytes`,
  "sector.exfat": "ninguna herramienta crea de nuevo un exFAT con todo lo que contiene",
  "sector.inside": (p) => `${p.volume}, que está en ella (${p.filesystem}), puede depender del tamaño de los sectores`,
};
