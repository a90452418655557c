import type { OrderWords } from "#pxe/console/contract.ts";

export const orders: OrderWords = {
  "says.order": "Tem a ordem.",
  "says.lost": "Foi desligado ou se perdeu todas as vezes.",
  "says.looking": "Procura a imagem e o disco",
  "says.begins": "Começa",
  "says.stopped": "Alguém parou.",
  "says.stopped-at-work":
    "Alguém parou no meio do trabalho: um disco que estava sendo restaurado não inicia até ser restaurado de novo.",
  "says.other-job": "Alguém começou outra tarefa.",
  "says.decision": "É preciso uma decisão:",
  "says.no-disk": "não há disco interno em que se possa escrever",
  "says.no-share": "A ordem não indica compartilhamento.",
};
