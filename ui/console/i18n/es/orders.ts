import type { OrderWords } from "#pxe/console/contract.ts";

export const orders: OrderWords = {
  "says.order": "Tiene su orden.",
  "says.lost": "Cada vez se apagó o se perdió por el camino.",
  "says.looking": "Busca la imagen y el disco",
  "says.begins": "Empieza",
  "says.stopped": "Alguien lo detuvo.",
  "says.stopped-at-work":
    "Alguien lo detuvo en pleno trabajo: un disco que se estaba restaurando no arranca hasta que se restaure de nuevo.",
  "says.other-job": "Alguien ha empezado otra tarea.",
  "says.decision": "Hace falta una decisión:",
  "says.no-disk": "no hay ningún disco interno en el que se pueda escribir",
  "says.no-share": "La orden no indica ningún recurso compartido.",
};
