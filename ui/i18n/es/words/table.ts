import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(esLocale);

export const tableWords: SentencesOf<"table"> = {
  "table.damaged": (p) => `${p.device}: la tabla de particiones (${p.table}) está dañada: ${p.problem}`,
  "table.gpt-first": (p) => `La GPT principal, en LBA 1, está dañada (${p.problem}); se usa la de reserva.`,
  "table.gpt-backup": (p) => `La GPT de reserva, en LBA ${p.lba}, está dañada (${p.problem}); se usa la principal.`,
  "table.gpt-misplaced": (p) => `La GPT de reserva está en LBA ${p.lba}, no en la última LBA ${p.last}.`,
  "table.gpt-differ": (p) => `La GPT de LBA 1 y la de reserva de LBA ${p.lba} difieren; se usa la de LBA 1.`,
  "table.no-protective": "En LBA 0 no hay un MBR protector que cubra la GPT desde LBA 1.",
  "table.hybrid": (p) => `El MBR de LBA 0 también nombra particiones, en LBA ${p.starts}; se deja como está.`,
  "table.ebr-unread": (p) =>
    `El registro de arranque extendido de LBA ${p.lba} no se puede leer; no se ven las particiones lógicas que le siguen.`,
  "table.ebr-unsigned": (p) =>
    `El registro de arranque extendido de LBA ${p.lba} no tiene firma; no se ven las particiones lógicas que le siguen.`,
  "table.ends-early": (p) => `La partición ${p.number} termina antes de empezar y se deja fuera.`,
  "table.beyond-end": (p) => `La partición ${p.number} termina en LBA ${p.lba}, el disco en LBA ${p.last}.`,
  "table.over-table": (p) => `La partición ${p.number} cubre la tabla de particiones en LBA ${p.lba}.`,
  "table.overlap": (p) => `Las particiones ${p.number} y ${p.other} se solapan desde LBA ${p.lba}.`,
  "table.outside-extended": (p) => `La partición lógica ${p.number}, en LBA ${p.lba}, se sale de la extendida.`,
  "table.both-copies": (p) => `principal: ${p.first}; de reserva: ${p.second}`,
  "table.other-sectors": (p) => `${p.problem}. Hay una GPT para sectores de ${number(p.sectorSize)} bytes`,
  "table.header-size": (p) => `dice que ocupa ${p.bytes} bytes`,
  "table.checksum": "la suma de comprobación no coincide",
  "table.says-lba": (p) => `dice estar en LBA ${p.lba}`,
  "table.entry-size": (p) => `sus entradas tendrían ${p.bytes} bytes`,
  "table.entry-count": (p) => `número de entradas: ${p.entries}`,
  "table.entries-at": (p) => `sus entradas estarían en LBA ${p.lba}`,
  "table.usable": (p) => `las particiones pueden usar de LBA ${p.lba} a ${p.last}`,
  "table.no-header": "no hay cabecera",
  "table.own-backup": "la cabecera principal se nombra a sí misma como reserva",
  "table.disk-ends": "el disco termina antes",
  "table.header-unread": "la cabecera no se puede leer",
  "table.entries-unread": (p) => `las entradas de LBA ${p.lba} no se pueden leer`,
  "table.entries-checksum": (p) => `la suma de comprobación de las entradas de LBA ${p.lba} no coincide`,
  "table.entry-beyond": (p) => `la entrada ${p.entry} está más allá de cualquier disco`,
  "table.chain-loops": (p) => `la cadena de registros de arranque extendidos vuelve a LBA ${p.lba}`,
  "table.chain-long": (p) => `más de ${p.most} registros de arranque extendidos, el último en LBA ${p.lba}`,
  "table.read-fails": (p) => `la lectura falla en el byte ${p.offset}: ${p.reason}`,
  "table.open-fails": (p) => `no se puede abrir: ${p.reason}`,
  "table.only-root": "solo root puede leerlo",
  "table.not-even-root": "este sistema no deja leerlo ni siquiera a root",
  "table.no-medium": "no tiene ningún medio dentro",
  "table.gone": "no responde: se ha desconectado o ha fallado",
};
