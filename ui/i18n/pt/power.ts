import type { power as en } from "#ui/i18n/en/power.ts";

export const power: typeof en = {
  "power.button": "Desligar",
  "power.restart": "Reiniciar",
  "power.shut-down": "Desligar",
  "power.title": "Reiniciar ou desligar?",
  "power.text":
    "Retire o pendrive ou o disco de resgate quando a tela escurecer, para que o computador inicie pelo próprio disco.",
  "power.running": "Há um trabalho em andamento. Pare-o primeiro: senão o disco dele não iniciaria.",
  "power.show-job": "Mostrar o trabalho",
  "power.restarting": "O computador está reiniciando…",
  "power.shutting-down": "O computador está desligando…",
};
