import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(ptLocale);

export const copiedWords: SentencesOf<"copied"> = {
  "copied.done": (p) => `Copiado para ${p.target}: ${number(p.count)} arquivos e pastas, ${bytes(p.bytes)}`,
  "copied.loss": (p) => `! ${p.what}: ${number(p.count)}, ${p.names}`,
  "copied.lacks": (p) => `! falta algo à cópia: ${p.name} (${p.reason})`,
  "copied.damaged": (p) => `! danificado na imagem, não copiado: ${p.name} (${p.reason})`,
  "copied.failed": (p) => `! não copiado: ${p.name} (${p.reason})`,
  "copied.owners": "os proprietários se perdem",
  "copied.permissions": "as permissões se perdem",
  "copied.access-lists": "as listas de controle de acesso (ACL) se perdem",
  "copied.streams": "os fluxos de dados alternativos se perdem",
  "copied.attributes": "os atributos estendidos se perdem",
  "copied.symbolic-links": "links simbólicos não podem existir lá e ficam de fora",
  "copied.special-files": "sockets, pipes e arquivos de dispositivo não podem existir lá e ficam de fora",
  "copied.hard-links": "arquivos com vários nomes viram vários arquivos",
  "copied.holes": "os buracos dos arquivos são preenchidos com zeros",
  "copied.compression": "a compressão do NTFS se perde: as cópias ocupam mais espaço",
  "copied.ntfs": "os descritores de segurança e os atributos do NTFS se perdem",
  "copied.streams-moved": "os fluxos de dados alternativos viram atributos estendidos",
};
