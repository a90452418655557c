import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ruLocale);
const within = (volume: string): string => (volume === "" ? "" : `, ${volume}`);

export const layoutWords: SentencesOf<"layout"> = {
  "layout.partition": (p) =>
    `раздел ${p.number} (${facts(p.name === "" ? "" : `«${p.name}»`, p.filesystem, bytes(p.size))})`,
  "layout.left-out": (p) => `Не восстанавливается: ${p.partition}`,
  "layout.left-out-loader": (p) =>
    `Не восстанавливается: ${p.partition} – место загрузчика, который на диске с MBR лежит в другом месте`,
  "layout.left-out-reserved": (p) =>
    `Не восстанавливается: ${p.partition} – место, которое Windows оставляет за собой на дисках с GPT`,
  "layout.added-esp": (p) => `Раздел ${p.number} (${bytes(p.size)}) создаётся для UEFI: системный раздел EFI`,
  "layout.added-bios": (p) =>
    `Раздел ${p.number} (${bytes(p.size)}) создаётся для старой прошивки (BIOS): место для GRUB`,
  "layout.logical": (p) =>
    `С этого раздела компьютер больше не запустится: ${p.partition}. Он станет логическим, потому что четвёртого основного нет`,
  "layout.inside": (p) => `В разделе ${p.number}: ${p.volumes.join(", ")}`,
  "layout.inside-stays": (p) => `${p.name} остаётся ${bytes(p.size)}`,
  "layout.inside-changes": (p) => `${p.name} получает ${bytes(p.size)} вместо ${bytes(p.oldSize)}`,
  "layout.table": (p) => `Таблица разделов меняется с ${p.from} на ${p.to}`,
  "layout.names-lost": (p) => `В MBR нет имён: имена разделов пропадут (${p.names}) вместе с их GUID и атрибутами`,
  "layout.boot-may-fail": "Системы, названные по старой таблице в загрузчике или списке монтирования, могут не найтись",
  "layout.renumbered": (p) => `Раздел ${p.oldNumber} образа станет разделом ${p.number}`,
  "layout.free": (p) => `${bytes(p.free)} диска останутся незанятыми`,
  "layout.free-inside": (p) =>
    `${bytes(p.free)} раздела ${p.number} останутся незанятыми: ${p.partition}${p.why === "" ? "" : ` – ${p.why}`}`,
  "layout.twin-volume": (p) =>
    `${p.filesystem} (раздел ${p.number}${within(p.volume)}) сохраняет свой идентификатор: нет программы, которая его меняет. Система, которая видит оба диска, может их спутать`,
  "layout.twin-closed": (p) =>
    `То, что лежит в разделе ${p.number}${within(p.volume)}, сохраняет свои идентификаторы: ${p.why}`,
  "layout.twin-locked": (p) => `раздел ${p.number} зашифрован`,
  "layout.twin-lvm": (p) => `Файловые системы в LVM сохраняют свои идентификаторы: ${p.why}`,
};
