import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ruLocale);

export const problemWords: SentencesOf<"problem" | "part" | "firmware" | "installation"> = {
  "problem.BOOT_NO_PLACE": (p) =>
    `На диске ${p.disk} нет нужного раздела (${p.what}), и нигде нет ${bytes(p.need)} свободного места подряд для него`,
  "problem.BOOT_NO_PLACE-next":
    "Освободите место на странице «Разделы» и исправьте загрузку ещё раз, или оставьте прошивку прежней: тогда диск запускается как раньше.",
  "problem.BOOT_GAP_TOO_SMALL": (p) => `GRUB требует ${p.need} байт, а есть ${p.have} (${p.where}, ${p.disk})`,
  "problem.BOOT_GAP_TOO_SMALL-next":
    "На странице «Разделы» переместите первый раздел на отметку 1 МиБ (если места нет, сначала уменьшите его) и исправьте загрузку ещё раз.",
  "problem.BOOT_SECTORS_UNFIT": (p) => `BIOS не запускается с ${p.disk}: секторы по ${p.sectorSize} байт`,
  "problem.BOOT_SECTORS_UNFIT-next": "Запускайте этот диск через UEFI.",
  "problem.BOOT_LOADER_MISSING": (p) => `Для ${p.system} нигде не найдено: ${p.what} (искали здесь: ${p.looked})`,
  "problem.BOOT_LOADER_MISSING-next": "Используйте систему восстановления: в ней есть GRUB для BIOS и UEFI.",
  "problem.BOOT_KERNEL_MISSING": (p) => `В ${p.system} нет ядра Linux в ${p.folder}: ни один загрузчик её не запустит`,
  "problem.BOOT_KERNEL_MISSING-next":
    "Установите в ней пакет ядра (chroot) или восстановите её загрузочный раздел из образа, где оно есть.",
  "problem.BOOT_ESP_FULL": (p) =>
    `На системном разделе EFI ${p.partition} свободно ${bytes(p.have)}, а загрузчикам нужно ${bytes(p.need)}`,
  "problem.BOOT_ESP_FULL-next":
    "Удалите с него файлы, которые не нужны ни одной системе, или увеличьте его на странице «Разделы».",
  "problem.BOOT_ENTRY_REFUSED": (p) => `Прошивка не приняла запись загрузки ${p.entry}: ${p.reason}`,
  "problem.BOOT_ENTRY_REFUSED-next":
    "Выберите этот диск в меню загрузки самой прошивки. Если она совсем не принимает записей, удалите там старые или разрешите изменения в её настройках.",
  "problem.WINDOWS_UNKNOWN": (p) => `Эту Windows изменить нельзя: ${p.file}: ${p.problem}`,
  "problem.WINDOWS_UNKNOWN-next":
    "Windows, которая ни разу не запускалась, сначала должна быть настроена собственной установкой.",
  "problem.INF_INVALID": (p) =>
    `${p.file}${p.line === undefined ? "" : `, строка ${p.line}`}: это не описание драйвера: ${p.problem}`,
  "problem.INF_INVALID-next": "Скачайте драйвер заново или не указывайте его папку.",
  "problem.NOT_A_HIVE": (p) => `${p.file} – не куст реестра: ${p.problem}`,
  "problem.NOT_A_HIVE-next": "Исправьте Windows её собственными средствами.",
  "problem.HIVE_UNSUPPORTED": (p) => `${p.file} – куст реестра вида, который не поддерживается: ${p.problem}`,
  "problem.HIVE_UNSUPPORTED-next": "Измените его средствами самой Windows.",
  "problem.HIVE_DIRTY": (p) =>
    `${p.file} не дописан Windows до конца, и ни один журнал его не восстановит: ${p.problem}`,
  "problem.HIVE_DIRTY-next": "Запустите эту Windows один раз, завершите её работу и повторите попытку.",
  "problem.HIVE_DAMAGED": (p) => `${p.file} повреждён на байте ${p.offset}: ${p.problem}`,
  "problem.HIVE_DAMAGED-next":
    "Возьмите более старую копию куста из другого образа или из System32/config/RegBack, или исправьте Windows её собственными средствами.",
  "problem.HIVE_FULL": (p) => `${p.file} вырос бы до ${p.size} байт, а куст может занимать ${p.most}`,
  "problem.HIVE_FULL-next": "Меняйте меньше за раз или сначала дайте Windows сжать куст.",
  "problem.NOT_A_BCD": (p) => `${p.file} – куст реестра, а не конфигурация загрузки: ${p.problem}`,
  "problem.NOT_A_BCD-next": "Пусть будет создана новая.",
  "part.esp": "системный раздел EFI",
  "part.bios-boot": "загрузочный раздел BIOS",
  "part.windows-manager": "диспетчер загрузки Windows (bootmgfw.efi)",
  "part.boot-image": "boot.img от GRUB 2",
  "part.module": (p) => `модуль GRUB ${p.name}`,
  "part.volume": (p) => `том с ${p.folder}`,
  "part.grub-folder": "папка GRUB для i386-pc",
  "part.here": "тома этого диска",
  "part.both": (p) => `${p.folders} в системе и на этом компьютере`,
  "firmware.read-only": "efivarfs смонтирована только для чтения",
  "firmware.full": "её память для переменных заполнена",
  "firmware.value": "она сообщает, что значение не разрешено",
  "firmware.unchanged": "она не разрешает изменений",
  "firmware.own-error": "она сообщает о собственной ошибке",
  "firmware.reads-back": "обратно читается другое",
  "firmware.stays": "после удаления запись всё ещё на месте",
  "installation.absent": "его нет",
  "installation.no-control-set": "в Select не указан ни один из имеющихся наборов",
};
