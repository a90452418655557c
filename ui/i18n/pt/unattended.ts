import type { unattended as en } from "#ui/i18n/en/unattended.ts";
import { plural } from "#ui/i18n/pt/plural.ts";

export const unattended: typeof en = {
  "unattended.none-title": "Nada acontece sozinho",
  "unattended.waiting-title": "Esta mídia restaura sozinha",
  "unattended.countdown-title": "Todos os dados deste disco serão perdidos",
  "unattended.running-title": "Restaurando",
  "unattended.stopped-title": "Foi parado. Nada foi gravado",
  "unattended.failed-title": "Não deu certo",
  "unattended.done-title": "A restauração está completa",
  "unattended.waits":
    "Começa quando tudo estiver presente, após uma contagem regressiva. Você pode parar agora ou então.",
  "unattended.begins": (p) =>
    plural(p.seconds, {
      one: "Começa em # segundo. Qualquer tecla para.",
      many: "Começa em # de segundos. Qualquer tecla para.",
      other: "Começa em # segundos. Qualquer tecla para.",
    }),
  "unattended.held": "Espera até você deixar continuar.",
  "unattended.restarts": (p) =>
    plural(p.seconds, {
      one: "O computador reinicia em # segundo.",
      many: "O computador reinicia em # de segundos.",
      other: "O computador reinicia em # segundos.",
    }),
  "unattended.shuts-down": (p) =>
    plural(p.seconds, {
      one: "O computador desliga em # segundo.",
      many: "O computador desliga em # de segundos.",
      other: "O computador desliga em # segundos.",
    }),
  "unattended.by-hand": "Nada mais acontece sozinho. Você pode continuar à mão.",
  "unattended.stop": "Parar",
  "unattended.hold": "Esperar",
  "unattended.go-on": "Continuar",
  "unattended.begin": "Começar agora",
  "unattended.stay-on": "Deixar ligado",
  "unattended.leave": "Continuar à mão",
};
