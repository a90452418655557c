import type { OrderWords } from "#pxe/console/contract.ts";

export const orders: OrderWords = {
  "says.order": "Он получил задание.",
  "says.lost": "Каждый раз его выключали или он не доходил до конца.",
  "says.looking": "Ищет образ и диск",
  "says.begins": "Начинает",
  "says.stopped": "Кто-то остановил это.",
  "says.stopped-at-work":
    "Кто-то остановил это во время работы: диск, который восстанавливался, не загрузится, пока его не восстановят снова.",
  "says.other-job": "Кто-то начал другое задание.",
  "says.decision": "Нужно решение:",
  "says.no-disk": "нет встроенного диска, на который можно записать",
  "says.no-share": "В задании не указан общий ресурс.",
};
