import type { IdentityWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";

const { list } = createFormat(ruLocale);

export const identities: IdentityWords = {
  "list.columns": (p) => `первая строка называет столбцы: ${list(p.columns)}`,
  "list.quote-open": "кавычка открыта и не закрыта",
  "list.quote-closed": "после закрывающей кавычки стоит что-то ещё",
  "list.machine": "machine: компьютер не указан или указан более чем 200 знаками",
  "list.hostname": (p) => `hostname: не имя компьютера (до 63 букв, цифр и дефисов): ${p.name}`,
  "list.universal": (p) => `universal: yes или no, а не ${p.text}`,
  "list.unknown": (p) => `компьютера ${p.machine} нет`,
  "list.ambiguous": (p) => `${p.machine} обозначает несколько компьютеров: ${list(p.found)}`,
  "list.twice": (p) => `у компьютера ${p.machine} две строки`,
  "list.not-chosen": (p) => `компьютер ${p.machine} есть в списке, но не выбран`,
  "list.same-name": (p) => `два компьютера назывались бы ${p.name}`,
  "list.too-long": (p) => `больше ${p.most} компьютеров`,
};
