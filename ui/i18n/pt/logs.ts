import type { logs as en } from "#ui/i18n/en/logs.ts";

export const logs: typeof en = {
  "logs.title": "Registro",
  "logs.lead": "O que o sistema de resgate fez desde que foi iniciado.",
  "logs.again": "Ler de novo",
  "logs.bundle": "Pacote de suporte",
  "logs.bundle-text":
    "Tudo o que quem ajuda você precisa, em um só arquivo: registros, planos, relatórios e o que há neste computador. Nunca contém senhas.",
  "logs.without-serials": "Omitir números de série",
  "logs.bundle-save": "Salvar no pendrive de resgate",
  "logs.bundle-saving": "Salvando…",
  "logs.bundle-download": "Baixar",
  "logs.bundle-saved": (p) => `Salvo: ${p.path}, ${p.size}`,
};
