import type { terminal as en } from "#ui/i18n/en/terminal.ts";

export const terminal: typeof en = {
  "terminal.title": "Terminal",
  "terminal.lead":
    "Um interpretador de comandos no computador de resgate, com todos os direitos. F6 sai dele; ele termina quando você deixa esta página.",
  "terminal.enter": "Entrar no terminal",
  "terminal.left": "Você saiu do terminal. O botão “Entrar no terminal” leva de volta.",
  "terminal.input": "Entrada do terminal, F6 sai",
  "terminal.copy": "Copiar",
  "terminal.paste": "Colar",
  "terminal.smaller": "Texto menor",
  "terminal.larger": "Texto maior",
  "terminal.reader": "Para leitores de tela",
  "terminal.again": "Novo terminal",
  "terminal.ended": "O interpretador terminou",
  "terminal.too-many": "Já há tantos terminais abertos quantos pode haver: feche um primeiro",
  "terminal.failed": "Nenhum terminal pôde ser aberto",
  "terminal.lost": "A conexão com o programa de resgate se perdeu, e o interpretador terminou",
};
