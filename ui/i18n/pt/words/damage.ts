import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(ptLocale);

export const damageWords: SentencesOf<"damage" | "damaged"> = {
  "damage.lost": "o repositório perdeu o pacote com os dados dele",
  "damage.file-cut": (p) => `${p.path} está cortado`,
  "damage.cut": "está cortado",
  "damage.length": "o comprimento dele não pode estar certo",
  "damage.other": "o cabeçalho dele é de outro pedaço",
  "damage.content": "o conteúdo dele não corresponde ao SHA-256",
  "damage.data": "os dados dele não correspondem à soma de verificação",
  "damage.no-header": "o cabeçalho dele não é o de um pedaço",
  "damage.header": "o cabeçalho dele não corresponde à soma de verificação",
  "damage.expand": "os dados dele não podem ser descomprimidos",
  "damage.plain": "ele não está criptografado",
  "damage.sealed-header": "o cabeçalho dele diz mais do que pode dizer o de um pedaço criptografado",
  "damage.seal": "ele foi alterado ou não é desta imagem: a marca de autenticidade não confere",
  "damaged.chunk": (p) =>
    `pedaço ${number(p.number)} de ${p.region}, ${number(p.count)} bytes a partir do byte ${number(p.start)} do disco: ${p.problem}`,
};

/** Why a partition cannot live on sectors of another size. */
export const sectorWords: SentencesOf<"sector"> = {
  "sector.encrypted": "o que está criptografado nela pode depender do tamanho dos setores",
  "sector.filesystem": (p) => `não se sabe se ${p.filesystem} pode ficar em setores de outro tamanho`,
  "sector.blocks": (p) =>
    `os blocos de ${p.filesystem} nela têm ${number(p.number)} bytes e não devem ser menores que os setores`,
  "sector.ntfs": (p) =>
    `o Windows só lê um NTFS em setores do tamanho para o qual foi criado: ${number(p.number)} bytes`,
  "sector.exfat": "nenhuma ferramenta cria de novo um exFAT com tudo o que contém",
  "sector.inside": (p) => `${p.volume}, que está nela (${p.filesystem}), pode depender do tamanho dos setores`,
};
