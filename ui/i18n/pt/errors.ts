import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { plural } from "#ui/i18n/pt/plural.ts";

const { bytes } = createFormat(ptLocale);

export const errors: ErrorTexts = {
  SERVER_UNREACHABLE: {
    text: () => "O programa de resgate não responde.",
    safe: "Uma restauração em andamento continua sem esta página.",
    next: "Espere alguns segundos e tente de novo. Se continuar assim, reinicie o computador.",
  },
  JOB_LOST: {
    text: () => "O programa de resgate foi iniciado de novo, e a restauração em andamento terminou com ele.",
    safe: "A imagem não mudou. O destino não tem tabela de partições, então nenhum computador inicia por ele.",
    next: "Escolha a imagem e o destino de novo: a restauração começa então do início.",
  },
  PAGE_FAILED: {
    safe: "Uma restauração em andamento continua: esta página só a mostra.",
    next: "Recarregue a página. Se falhar de novo, veja o registro e informe o erro.",
  },
  IMAGE_UNLOCK_FAILED: {
    text: () => "Isso não abre esta imagem",
    next: "Confira maiúsculas e minúsculas e o layout do teclado: “Mostrar” deixa ver o que foi digitado. Outra senha da imagem ou a chave de recuperação também a abre.",
  },
  IMAGE_LOCKED: {
    text: () => "A imagem está criptografada e a senha ainda não foi dada.",
    next: "Escolha a imagem e digite a senha.",
  },
  TARGET_TOO_SMALL: {
    text: ({ have, need }) => `Ele tem ${bytes(Number(have))}, mas a imagem precisa de ${bytes(Number(need))}.`,
  },
  TARGET_HOLDS_IMAGE: { text: () => "Ele contém a própria imagem." },
  TARGET_IS_BOOT_MEDIUM: { text: () => "Este sistema de resgate foi iniciado por ele." },
  TARGET_READ_ONLY: { text: () => "Ele é somente leitura." },
  WRITE_FAILED: { next: "Confira o cabo e o estado do disco e escolha “Tentar de novo”." },
  CHUNK_DAMAGED: {
    text: ({ file, region, offset, problem }) =>
      `${file}: uma parte de ${region}, no byte ${offset} do arquivo, está danificada: ${problem}`,
    next: "Escolha outra cópia da imagem.",
  },
  RESTORE_SALVAGED: { text: ({ file }) => `${file} está danificado. Tudo o que está intacto nele foi restaurado.` },
  TARGET_VERIFY_FAILED: {
    text: ({ device, damaged, region, offset }) =>
      plural(Number(damaged), {
        one: `${device}: # parte é lida de volta diferente do que foi gravado, em ${region}, byte ${offset}`,
        many: `${device}: # de partes são lidas de volta diferentes do que foi gravado, a primeira em ${region}, byte ${offset}`,
        other: `${device}: # partes são lidas de volta diferentes do que foi gravado, a primeira em ${region}, byte ${offset}`,
      }),
  },
  TOOL_FAILED: {
    text: ({ tool, status }) => `Uma parte do sistema de resgate não funcionou: ${tool} terminou com status ${status}.`,
    safe: "O que foi pedido não foi concluído.",
    next: "Tente mais uma vez. Se falhar de novo, desconecte os pendrives e discos de que não precisa e procure de novo. O registro tem os detalhes para quem puder ajudar.",
  },
  INTERNAL: {
    text: ({ problem }) => `Uma parte do sistema de resgate não funcionou: ${problem}`,
    next: "Tente mais uma vez. Se falhar de novo, desconecte os pendrives e discos de que não precisa e procure de novo. É um erro do Lifeboat: o registro tem o que é preciso para informá-lo.",
  },
  IMAGE_DAMAGED: { next: "Escolha outra cópia da imagem." },
  IMAGE_VERIFY_FAILED: { next: "Escolha outra cópia da imagem." },
  CANCELLED: { next: "Comece a restauração de novo ou escolha outra imagem." },
  PLAN_STALE: { text: () => "Os discos ou a imagem mudaram desde que o plano foi feito." },
};
