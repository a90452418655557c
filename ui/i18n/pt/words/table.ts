import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(ptLocale);

export const tableWords: SentencesOf<"table"> = {
  "table.damaged": (p) => `${p.device}: a tabela de partições (${p.table}) está danificada: ${p.problem}`,
  "table.gpt-first": (p) => `A GPT principal, em LBA 1, está danificada (${p.problem}); a reserva é usada.`,
  "table.gpt-backup": (p) => `A GPT reserva, em LBA ${p.lba}, está danificada (${p.problem}); a principal é usada.`,
  "table.gpt-misplaced": (p) => `A GPT reserva está em LBA ${p.lba}, e não na última LBA ${p.last}.`,
  "table.gpt-differ": (p) => `A GPT em LBA 1 e a reserva em LBA ${p.lba} diferem; a que está em LBA 1 é usada.`,
  "table.no-protective": "Em LBA 0 não há um MBR protetor que cubra a GPT a partir de LBA 1.",
  "table.hybrid": (p) => `O MBR em LBA 0 também lista partições, em LBA ${p.starts}; ele fica como está.`,
  "table.ebr-unread": (p) =>
    `O registro de inicialização estendido em LBA ${p.lba} não pode ser lido; as partições lógicas depois dele não são vistas.`,
  "table.ebr-unsigned": (p) =>
    `O registro de inicialização estendido em LBA ${p.lba} não tem assinatura; as partições lógicas depois dele não são vistas.`,
  "table.ends-early": (p) => `A partição ${p.number} termina antes de começar e fica de fora.`,
  "table.beyond-end": (p) => `A partição ${p.number} termina em LBA ${p.lba}, e o disco em LBA ${p.last}.`,
  "table.over-table": (p) => `A partição ${p.number} cobre a tabela de partições em LBA ${p.lba}.`,
  "table.overlap": (p) => `As partições ${p.number} e ${p.other} se sobrepõem a partir de LBA ${p.lba}.`,
  "table.outside-extended": (p) => `A partição lógica ${p.number}, em LBA ${p.lba}, sai da estendida.`,
  "table.both-copies": (p) => `principal: ${p.first}; reserva: ${p.second}`,
  "table.other-sectors": (p) => `${p.problem}. Há uma GPT para setores de ${number(p.sectorSize)} bytes`,
  "table.header-size": (p) => `diz que tem ${p.bytes} bytes`,
  "table.checksum": "a soma de verificação não confere",
  "table.says-lba": (p) => `diz estar em LBA ${p.lba}`,
  "table.entry-size": (p) => `suas entradas teriam ${p.bytes} bytes`,
  "table.entry-count": (p) => `número de entradas: ${p.entries}`,
  "table.entries-at": (p) => `suas entradas estariam em LBA ${p.lba}`,
  "table.usable": (p) => `as partições podem usar de LBA ${p.lba} a ${p.last}`,
  "table.no-header": "não há cabeçalho",
  "table.own-backup": "o cabeçalho principal nomeia a si mesmo como reserva",
  "table.disk-ends": "o disco termina antes",
  "table.header-unread": "o cabeçalho não pode ser lido",
  "table.entries-unread": (p) => `as entradas em LBA ${p.lba} não podem ser lidas`,
  "table.entries-checksum": (p) => `a soma de verificação das entradas em LBA ${p.lba} não confere`,
  "table.entry-beyond": (p) => `a entrada ${p.entry} está além de qualquer disco`,
  "table.chain-loops": (p) => `a cadeia de registros de inicialização estendidos volta a LBA ${p.lba}`,
  "table.chain-long": (p) => `mais de ${p.most} registros de inicialização estendidos, o último em LBA ${p.lba}`,
  "table.read-fails": (p) => `a leitura falha no byte ${p.offset}: ${p.reason}`,
  "table.open-fails": (p) => `não é possível abrir: ${p.reason}`,
  "table.only-root": "só o root pode lê-lo",
  "table.not-even-root": "este sistema não deixa nem o root lê-lo",
  "table.no-medium": "não há mídia nele",
  "table.gone": "não responde: foi desconectado ou falhou",
};
