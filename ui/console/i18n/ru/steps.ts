import type { StepWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import { plural } from "#ui/i18n/ru/plural.ts";

const { bytes, duration, number } = createFormat(ruLocale);

const named = ({ found, more }: { found: readonly string[]; more: number }): string =>
  found.length === 0 ? "" : ` (${found.join(", ")}${more > 0 ? ` и ещё ${number(more)}` : ""})`;

export const steps: StepWords = {
  "step.card": (p) => `${p.interface}: ${p.text}`,
  "step.http": (p) =>
    `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, ${bytes(p.bytes)} за ${duration(p.seconds)}`,
  "step.http-broken": (p) => `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, прервано после ${bytes(p.bytes)}`,
  "step.lost": (p) => `${p.code}: ${p.text}`,
  "step.back": (p) => `${p.interface} снова есть: по адресу ${p.address} опять предлагается загрузка`,
  "step.menu": (p) => `у ${p.client} есть меню ${p.title}`,
  "step.menu-chosen": (p) => `${p.client} запускает ${p.title}`,
  "step.menu-refused": (p) => `${p.client} не запускает ${p.title}: ${p.reason}`,
  "step.offered": (p) => `${p.mac} предложен адрес ${p.address}`,
  "step.bound": (p) => `у ${p.mac} адрес ${p.address}`,
  "step.renewed": (p) => `${p.mac} сохраняет ${p.address}`,
  "step.released": (p) => `${p.mac} возвращает ${p.address}`,
  "step.declined": (p) =>
    `${p.mac} не берёт ${p.address}: его использует другой компьютер. Адрес десять минут не выдаётся`,
  "step.conflict": (p) =>
    `${p.address} не предложен ${p.mac}: его использует другой компьютер (${p.user}). Адрес десять минут не выдаётся`,
  "step.address-refused": (p) => `${p.mac} нельзя использовать ${p.address}: ${p.reason}`,
  "step.none-free": (p) => `${p.mac} не получает адреса: в ${p.subnet} нет свободных`,
  "step.relay": (p) => `${p.mac} не получает адреса: ретранслятор ${p.relay} не в одной из известных здесь сетей`,
  "step.other-server": (p) =>
    `Здесь выдаёт адреса другой DHCP-сервер: ${p.server}. Один из двух нужно убрать, иначе компьютеры будут получать адреса двух видов`,
  "step.other-server-taken": (p) =>
    `Здесь выдаёт адреса другой DHCP-сервер: ${p.server} (его предложение принял ${p.mac}). Один из двух нужно убрать, иначе компьютеры будут получать адреса двух видов`,
  "step.not-saved": (p) => `Выданные адреса не удаётся сохранить, поэтому адреса не выдаются: ${p.reason}`,
  "step.answered": (p) => `${p.mac} (${p.kind}): велено загрузить ${p.file}`,
  "step.passed-over": (p) => `${p.mac} (${p.kind}) не получает ответа: ${p.reason}`,
  "kind.http": (p) => `${p.kind}, загрузка по HTTP`,
  "kind.unknown": (p) => `архитектура ${p.code}`,
  "step.tftp-begins": (p) => `${p.client} TFTP ${p.file}: начало`,
  "step.tftp-refused": (p) => `${p.client} TFTP ${p.file}: ${p.reason}`,
  "step.tftp": (p) => `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} за ${duration(p.seconds)}`,
  "step.tftp-resent": (p) =>
    `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} за ${duration(p.seconds)}, блоков отправлено повторно: ${number(p.blocks)}`,
  "step.tftp-ended": (p) =>
    `${p.client} TFTP ${p.file}: ${p.outcome} после ${bytes(p.bytes)} из ${bytes(p.size)}${p.reason === "" ? "" : ` (${p.reason})`}`,
  "notice.cleaned": (p) =>
    [
      `${p.name}: удалено: ${plural(p.count, { one: "# точка", few: "# точки", many: "# точек", other: "# точки" })}${named(p)}, освобождено ${bytes(p.freed)}${p.later > 0 ? `, ещё ${bytes(p.later)} в следующий раз` : ""}`,
      ...p.warnings,
    ].join("; "),
};
