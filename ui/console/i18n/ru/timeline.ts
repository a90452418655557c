import type { TimelineWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";

const { list } = createFormat(ruLocale);

export const timeline: TimelineWords = {
  "why.unknown-architecture": "неизвестная архитектура",
  "why.no-file": "нет файла для этой архитектуры",
  "why.too-long": "ответ не помещается в сообщение",
  "why.not-approved": "не допущен",
  "why.refused": "отклонён",
  "why.own-disk": "он загружается со своего диска",

  "why.other-network": "адрес из другой сети",
  "why.reserved": "за этим компьютером закреплён другой адрес",
  "why.not-free": "адрес занят",
  "why.not-given": "такой адрес здесь не выдаётся",
  "why.conflict": (p) => `адрес ${p.address} использует другой компьютер (${p.user})`,
  "why.declined": (p) => `он говорит, что адрес ${p.address} использует другой компьютер`,
  "why.none-free": (p) => `в ${p.subnet} нет свободных`,
  "why.relay": "ретранслятор не относится ни к одной известной здесь сети",

  "why.password": "неверный пароль",
  "why.passwords": "слишком много неверных паролей",
  "why.memory": "слишком мало памяти",

  "why.missing": "такого файла нет",
  "why.forbidden": "этот файл не выдаётся",
  "why.read-only": "сюда ничего нельзя записать",
  "why.no-transfer": "здесь не идёт передача",
  "why.binary": "возможна только двоичная передача (режим octet)",
  "why.replaced": "запрошен другой файл",
  "why.stopping": "сервер останавливается",
  "why.gone": "на порту компьютера больше никто не слушает",
  "why.broke": "соединение прервалось",
  "why.status": (p) => `статус HTTP ${p.status}`,
  "how.both": (p) => `${p.how} (${p.reason})`,
  "how.aborted": "прервано",
  "how.no-answer": "нет ответа",
  "how.gone": "пропал",
  "how.replaced": "заменено",
  "how.failed": "не удалось",
  "how.stopped": "остановлено",

  "told.packet": (p) => `с адреса ${p.address} послан сигнал пробуждения`,
  "told.turn": "подошла его очередь в развёртывании",
  "told.order": (p) => `он получил задание от ${p.name}, раз № ${p.number}`,
  "told.contested": "его задания запрашивает другой компьютер",
  "told.contested-key": "его задания запрашивает другой компьютер, выдающий себя за него",
  "told.restore-begun": "началось восстановление",
  "told.restore-done": "восстановление успешно завершено",
  "told.restore-failed": "восстановление не удалось",
  "told.stopped": "сам он ничего не делает: почему, сказано на его экране",

  "told.card": (p) => `у него есть ещё одна сетевая карта: ${p.mac}`,
  "told.card-gone": (p) => `его сетевая карта ${p.mac} теперь в другом компьютере`,
  "told.card-came": (p) => `сетевая карта ${p.mac} перешла от другого компьютера`,
  "told.twin-card": (p) => `${p.mac} — другой компьютер с тем же UUID`,
  "told.twin": "у другого компьютера тот же UUID: их различают по сетевым картам и серийным номерам",
  "told.merged": (p) => `записанное как два компьютера оказалось одним: добавлено ${list(p.macs)}`,
  "told.other-dhcp": (p) => `здесь выдаёт адреса другой DHCP-сервер: ${p.server}`,
  "told.interface-lost": (p) => `на ${p.interface} (${p.address}) больше ничего не предлагается: ${p.reason}`,
  "lost.gone": "сетевой карты больше нет",
  "lost.renewed": "сетевую карту вынули и вставили снова",
  "lost.taken": "её адрес теперь у другой сетевой карты",
  "lost.address": "она потеряла свой адрес",
};
