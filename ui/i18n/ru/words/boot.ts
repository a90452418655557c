import type { SentencesOf } from "#ui/i18n/tell.ts";

const PARTS = {
  ...{ grub: "подписанный GRUB", manager: "программу управления ключами", shim: "подписанный первый загрузчик (shim)" },
  ...{ line: "ссылку на меню GRUB", name: "имя загрузчика" },
} as const;
const own = (isOwn: boolean): string => (isOwn ? "самой системы" : "системы восстановления");

export const bootWords: SentencesOf<"boot"> = {
  "boot.no-system": "На этом диске не найдено установленной системы: прошивке нечего запускать",
  "boot.several-esps": (p) =>
    `Системных разделов EFI на диске: ${p.count} (${p.list.join(", ")}); каждая система использует тот, который монтирует, и другие не создаются`,
  "boot.closed": (p) => `Не просмотрено: ${p.what}`,
  "boot.windows-table": "Через UEFI Windows запускается только с GPT, а через BIOS – только с MBR",
  "boot.next-table":
    "Преобразуйте таблицу разделов на странице «Разделы» или выберите другую таблицу в разметке при восстановлении.",
  "boot.grub-embedded": (p) => `GRUB для BIOS записывается сюда: ${p.where}; он собран из модулей ${own(p.isOwn)}`,
  "boot.bios-partition": (p) => `загрузочный раздел BIOS ${p.number}`,
  "boot.mbr-gap": "промежуток за MBR",
  "boot.grub-core": (p) => `Записать ядро GRUB, место: ${p.where}`,
  "boot.grub-code": "Записать загрузочный код GRUB перед таблицей разделов",
  "boot.signature": "Пометить первый сектор как загрузочный (55 AA)",
  "boot.syslinux": "BIOS запускает с этого диска syslinux; он остаётся как есть",
  "boot.next-syslinux": "Чтобы на его месте был GRUB, выберите прошивку BIOS.",
  "boot.no-active": "Ни один основной раздел не может запустить Windows через BIOS",
  "boot.sector-empty": (p) => `В загрузочном секторе раздела ${p.number} нет загрузочного кода Windows`,
  "boot.next-sector": "Запустите носитель восстановления самой Windows и выполните: bootsect /nt60 SYS",
  "boot.active-code": "Записать загрузочный код, который запускает активный раздел",
  "boot.active": (p) => `Пометить раздел ${p.number} как запускаемый через BIOS`,
  "boot.hidden-sectors": (p) =>
    `Указать загрузочному сектору раздела ${p.number}${p.isCopy ? ", в его копии," : ""} его место (скрытых секторов: ${p.lba})`,
  "boot.signed-loader": (p) => `Поместить ${PARTS[p.part]} из ${p.name} (${p.from}) на системный раздел EFI: ${p.path}`,
  "boot.own-grub": (p) => `Поместить GRUB из EFI/${p.home} туда, откуда прошивка запускает без записи`,
  "boot.built-grub": (p) =>
    `Поместить GRUB для ${p.name}, собранный из модулей ${own(p.isOwn)}, на системный раздел EFI: ${p.path}`,
  "boot.systemd-boot": (p) => `Поместить systemd-boot из ${p.name} на системный раздел EFI: ${p.path}`,
  "boot.windows-loader": (p) =>
    `Поместить диспетчер загрузки Windows в ${p.path}, где его ищет прошивка, у которой нет для него записи`,
  "boot.windows-file": (p) => `Поместить ${p.file} диспетчера загрузки Windows на системный раздел EFI`,
  "boot.fallback-other": (p) =>
    `${p.path}, который прошивка запускает без записи, – другой загрузчик (${p.loader}); он остаётся`,
  "boot.fallback-windows": (p) => `${p.path}, который прошивка запускает без записи, – загрузчик Windows; он остаётся`,
  "boot.fallback-not-windows": (p) =>
    `${p.path}, который прошивка запускает без записи, – не загрузчик Windows; он остаётся`,
  "boot.unsigned": (p) => `GRUB для ${p.name} собирается здесь и не подписан: Secure Boot должен быть выключен`,
  "boot.next-unsigned":
    "Установите в системе пакеты shim-signed и grub-efi-amd64-signed (или как их называет дистрибутив) и исправьте загрузку ещё раз.",
  "boot.fstab": (p) => `Исправить ${p.folder} в /etc/fstab: ${p.device} нет ни на одном томе этого диска`,
  "boot.fstab-new": "Добавить системный раздел EFI в /etc/fstab, в /boot/efi",
  "boot.menu-missing": "Создать меню GRUB: его нет",
  "boot.menu-empty": "Создать меню GRUB: в нём нет записей",
  "boot.menu-dead": "Создать меню GRUB: ни одна его запись не запускает ядро, которое есть",
  "boot.menu-names": (p) => `Исправить меню GRUB, где указано ${p.list.join(", ")}: таких томов на этом диске нет`,
  "boot.menu-lost": (p) => `В записи меню указан ${p.path}, которого нет`,
  "boot.entry": (p) => `Исправить запись загрузки ${p.path}: её корня нет ни на одном томе этого диска`,
  "boot.entry-lost": (p) => `В записи загрузки ${p.path} указано то, чего нет: ${p.list.join(", ")}`,
  "boot.module": (p) => `Положить рядом с меню модуль GRUB ${p.file}, из GRUB ${own(p.isOwn)}`,
  "boot.modules": (p) => `Положить рядом с меню модули GRUB (${p.count}), из GRUB ${own(p.isOwn)}`,
  "boot.entry-stale": (p) =>
    `В записи загрузки ${p.entry} (${p.label}) указан раздел, которого нет ни на одном диске этого компьютера; она остаётся`,
  "boot.bcd-closed": (p) =>
    `Конфигурация загрузки Windows на разделе ${p.number} не просмотрена: у раздела или диска нет идентификатора, или его не удалось открыть`,
};
