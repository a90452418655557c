import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(ruLocale);

const ANSWERS = {
  ...{ "will-boot": "запустится", "will-boot-after": "запустится после изменений" },
  ...{ "will-not-boot": "не запустится", unknown: "неизвестно" },
} as const;
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const verdictWords: SentencesOf<"verdict" | "next"> = {
  "verdict.bcd-elsewhere":
    "Список того, что запускает диспетчер загрузки Windows (Boot\\BCD), на этом томе не найден; возможно, он на томе, помеченном как активный",
  "verdict.grub-half": "Первый сектор GRUB есть, а той части, которую он загружает, нет",
  "verdict.no-active": "Ни один раздел не помечен как активный, поэтому BIOS нечего запускать",
  "verdict.boot-code-unknown":
    "То, что BIOS запускает с этого диска, Lifeboat не знает: запустит ли оно эту систему, сказать нельзя",
  "verdict.boot-code-other": (p) =>
    `То, что BIOS запускает с этого диска, принадлежит ${p.name}: запустит ли оно эту систему, сказать нельзя`,
  "verdict.boot-code-old-table": "Таблица разделов станет другого вида, а загрузочный код перед ней – для старой",
  "verdict.boot-code-old-ids":
    "В GRUB в загрузочной области для BIOS могут быть встроены старые идентификаторы, а даются новые",
  "verdict.uefi-only":
    "Система сделана для UEFI: на диске нет ничего, что мог бы выполнить BIOS, которым запущен этот компьютер",
  "verdict.bios-sectors": (p) => `BIOS не запускает системы с диска с секторами по ${number(p.sectorSize)} байт`,
  "verdict.bios-nvme":
    "Многие компьютеры запускаются с NVMe только через UEFI; умеет ли это BIOS данного компьютера, сказать нельзя",
  "verdict.sectors-unfit": (p) =>
    `Раздел ${p.number} не может лежать на секторах по ${number(p.sectorSize)} байт, как у ${p.disk}: ${p.why}`,
  "verdict.sectors-converted": (p) =>
    `У диска секторы по ${number(p.sectorSize)} байт, у образа по ${number(p.oldSectorSize)}: разделы размещаются заново`,
  "verdict.mbr-reach": (p) =>
    `Таблица разделов MBR охватывает ${bytes(p.most)}; на диске ${p.disk} ${bytes(p.size)}, и всё, что дальше, останется незанятым`,
  "verdict.bitlocker":
    "Windows зашифрована BitLocker: на другом компьютере, а также при смене прошивки или файлов запуска она один раз спросит ключ восстановления",
  "verdict.luks-tpm":
    "Она открывается ключом из TPM старого компьютера: на другом спросит пароль или ключ восстановления",
  "verdict.firmware-unseen":
    "Этот компьютер запущен не через UEFI, и признаков BIOS тоже нет: платы и некоторые виртуальные машины запускают систему по-своему",
  "verdict.no-uefi": "Прошивка этого компьютера – BIOS, который не знает UEFI, а система готовилась бы для UEFI",
  "verdict.made-for-bios":
    "Этот компьютер сейчас запущен через UEFI, а система готовилась бы для BIOS (его называют также Legacy или CSM)",
  "verdict.made-for-uefi":
    "Этот компьютер сейчас запущен через BIOS (его называют также Legacy или CSM), а система готовилась бы для UEFI",
  "verdict.grub-some-slots": (p) =>
    `${p.grub} открывает LUKS раздела ${p.number} только паролем из ${p.count === 1 ? "ячейки" : "ячеек"} ${p.slots}: остальные используют Argon2, которого он не знает`,
  "verdict.grub-no-argon2": (p) =>
    `Система не запустится: ${p.grub} не может открыть LUKS раздела ${p.number}, где лежат его собственные файлы. Все ключи используют Argon2, который GRUB знает начиная с 2.14. На верный пароль он отвечает «Invalid passphrase»`,
  "verdict.grub-argon2-memory": (p) =>
    `${p.grub} должен открыть LUKS раздела ${p.number}, ключи которого используют Argon2 с 1 ГиБ памяти и больше: у многих компьютеров нет такого свободного куска, и тогда он отвечает «Invalid passphrase»`,
  "verdict.root-name": (p) => `Меню загрузки называет корень ${p.name}`,
  "verdict.mount-name": (p) => `Система монтирует ${p.folder} как ${p.name}`,
  "verdict.name-old-disk": (p) => `${p.what}: это имя старого диска или его старого места`,
  "verdict.root-missing": (p) => `${p.what}: этого нет ни на одном томе диска, который удалось просмотреть`,
  "verdict.root-elsewhere": (p) =>
    `${p.what}: этого нет ни на одном томе диска, который удалось просмотреть. Система запустится, только если это найдётся`,
  "verdict.volume-elsewhere": (p) =>
    `${p.what}: этого нет ни на одном томе диска, который удалось просмотреть. Система не запустится как обычно, если этого нет на другом диске компьютера`,
  "verdict.name-old-table": (p) => `${p.what}, а в таблице разделов нового вида у разделов другие идентификаторы`,
  "verdict.name-other-here": (p) => `${p.what}; здесь этот диск называется ${p.disk}`,
  "verdict.name-unsure": (p) => `${p.what}: это может быть другой диск этого компьютера`,
  "verdict.network-names": (p) =>
    `Настройки сети сделаны для ${p.old}, а у этого компьютера ${p.names}: пока это не изменить, система запускается без сети`,
  "verdict.network-driver": (p) =>
    `У её ядра нет драйвера для сетевой карты ${p.name}${p.id === "" ? "" : ` (${p.id})`}`,
  "verdict.no-kernel": "Узнать, какое ядро запускается, не удалось",
  "verdict.disk-unplaced": (p) =>
    `К какому контроллеру будет подключён ${p.disk}, неизвестно, а значит, и какой нужен драйвер`,
  "verdict.kernels-differ": (p) =>
    `Какое из ядер запускается, сказать нельзя, а они различаются: ${p.kernels.join("; ")}`,
  "verdict.kernel": (p) => `${p.version}: ${ANSWERS[p.answer]}`,
  "verdict.initramfs-missing": (p) => `Меню загружает ${p.file} с ядром ${p.version}, а этого файла нет`,
  "verdict.modules-missing": (p) =>
    `Для чего у ядра ${p.version} есть драйверы, сказать нельзя: списка его модулей нет`,
  "verdict.driver-built-in": (p) =>
    `В ядро ${p.version} встроен драйвер ${p.driver}; достаточно ли он новый для ${p.device}, сказать нельзя`,
  "verdict.initramfs-unread": (p) =>
    `Есть ли при запуске драйвер ${p.driver} для ${p.device}, сказать нельзя: ${p.why}`,
  "verdict.initramfs-no-tool": (p) =>
    `Драйвера ${p.driver} для ${p.device} при запуске нет, и в системе нет программы, которая бы его туда положила`,
  "verdict.driver-late": (p) =>
    `Драйвер ${p.driver} для ${p.device} есть в системе, но его нет в том, что загружается при запуске (initramfs)`,
  "verdict.driver-untold": (p) =>
    `Есть ли у ядра ${p.version} драйвер для ${p.device}, сказать нельзя${p.driver === "" ? "" : `; здесь это ${p.driver}`}`,
  "verdict.driver-missing": (p) =>
    `У ядра ${p.version} нет драйвера для ${p.device}${p.driver === "" ? "" : ` (здесь это ${p.driver})`}: оно не найдёт свой диск`,
  "verdict.any-of": (p) => p.list.join(" или "),
  "verdict.scsi-disks": "дисков SCSI и SATA",
  "verdict.other-device": (p) => `устройства ${p.address} (${p.bus})`,
  "verdict.raid-member":
    "Её корень лежит на Linux RAID из нескольких дисков: она запустится, когда в компьютере их достаточно",
  "verdict.root-tools": (p) =>
    `Её корень лежит в ${p.container}, а в том, что загружается с ядром ${p.version}, похоже, нет программ для этого`,
  "verdict.memory": (p) =>
    `У компьютера ${bytes(p.have)} памяти; если меньше ${bytes(p.least)}, система может не запуститься`,
  "verdict.processor-unknown": "Для какого процессора эта система, сказать нельзя",
  "verdict.processor": (p) => `Это система для процессоров ${p.wanted}, а у этого компьютера – ${p.own}`,
  "verdict.processor-uefi": "Это 32-битная система, а 64-битная прошивка не запускает таких через UEFI",
  "verdict.processor-level": (p) =>
    `Ей нужен процессор уровня x86-64-v${p.level}; у ${p.name} ${p.own === 0 ? "неизвестный" : `v${p.own}`}`,
  "verdict.loader": (p) => `загрузчик ${p.path}`,
  "verdict.kernel-program": (p) => `ядро ${p.version}`,
  "verdict.secure-made-unsigned":
    "Включён Secure Boot, а загрузчик, который можно сделать для этой системы, не был бы подписан",
  "verdict.secure-forbidden": (p) =>
    `Включён Secure Boot, и этот компьютер прямо запрещает ${p.program}: слишком старая версия`,
  "verdict.secure-revoked": (p) =>
    `Включён Secure Boot, и этот компьютер запрещает ${p.program}: слишком старая версия`,
  "verdict.secure-unsigned": (p) => `Включён Secure Boot, а подписи нет или файл с тех пор изменён: ${p.program}`,
  "verdict.secure-unsure": (p) =>
    `Включён Secure Boot, и кому доверяет этот компьютер, прочитать не удалось; ${p.program} – подпись: ${p.signer || "неизвестно чья"}`,
  "verdict.secure-untrusted": (p) =>
    `Включён Secure Boot, а подписи «${p.signer || "неизвестно чья"}» этот компьютер не доверяет: ${p.program}`,
  "verdict.secure-untrusted-shim": (p) =>
    `Включён Secure Boot, а подписи «${p.signer || "неизвестно чья"}» не доверяют ни shim, ни этот компьютер: ${p.program}`,
  "verdict.secure-grub-alone": "Включён Secure Boot, а GRUB запускается без shim: запустит ли он ядро, сказать нельзя",
  "verdict.secure-old": (p) => `Включён Secure Boot, а ${p.program} старше, чем допускает этот компьютер (${p.line})`,
  "verdict.loader-foreign": (p) =>
    `Загрузчик UEFI есть для ${p.kinds}, а прошивка этого компьютера выполняет программы для ${p.own}`,
  "verdict.no-esp": "Для этой системы нет системного раздела EFI, которым мог бы воспользоваться UEFI этого компьютера",
  "verdict.no-loader": "Для этой системы нет загрузчика, которым мог бы воспользоваться UEFI этого компьютера",
  "verdict.no-room": (p) => `${p.why}, а за последним разделом нет для этого места (${bytes(p.least)})`,
  "verdict.no-parts": (p) => `${p.why}, а в системе нет того, из чего его делают`,
  "verdict.bcd-missing":
    "Диспетчер загрузки Windows есть, а списка того, что он запускает (EFI/Microsoft/Boot/BCD), нет",
  "verdict.grub-settings":
    "GRUB есть на системном разделе EFI, а настроек (grub.cfg), которые он там ищет, нет: он может остановиться на своей строке ввода",
  "verdict.no-entry": (p) =>
    `Прошивке этого компьютера нужно сообщить о ${p.path}: там, где она ищет сама, для этой системы ничего нет`,
  "verdict.windows-mbr": "Через UEFI Windows запускается с диска с GPT; у этого диска MBR",
  "verdict.windows-new-table":
    "Таблица разделов станет другого вида, а список загрузки Windows (BCD) называет разделы по ней",
  "verdict.windows-new-ids":
    "Диск и разделы получают новые идентификаторы, а список загрузки Windows (BCD) знает их по старым",
  "verdict.windows-7": (p) =>
    `${p.name} останавливается на «Запуск Windows», если у UEFI нет части BIOS (CSM) для графики; есть ли она у этого компьютера, сказать нельзя`,
  "verdict.hibernated-fixed":
    "Windows ушла в сон (быстрый запуск): в ней ничего не меняется, и к другому оборудованию она не готовится",
  "verdict.hibernated":
    "Windows ушла в сон (быстрый запуск): на другом оборудовании она не сможет продолжить с того же места и запустится заново или спросит",
  "verdict.registry-unread": (p) => `Какие у неё есть драйверы, сказать нельзя: ${p.why}`,
  "verdict.disk-unknown": (p) => `К чему подключён ${p.disk}, Lifeboat не знает`,
  "verdict.windows-usb": (p) => `Windows запускается с ${p.device}, только если была для этого сделана`,
  "verdict.service-off": (p) =>
    `В Windows есть драйвер ${p.driver} для ${p.device}, но он запускается слишком поздно: без изменения она остановится с ${p.stop}`,
  "verdict.driver-found": (p) => `В Windows нет драйвера для ${p.device}; он найден в указанных папках`,
  "verdict.driver-unsure": (p) =>
    `В Windows есть драйвер ${p.driver}; для ${p.device} ли он и загрузится ли вовремя, сказать нельзя`,
  "verdict.windows-no-driver": (p) => `В ${p.name} нет драйвера для ${p.device}, и она не найдёт свой диск (${p.stop})`,
  "verdict.unseen": (p) => `Просмотреть содержимое не удалось: ${p.what}`,
  "verdict.no-system": "Установленных Linux или Windows не найдено: запускаться нечему",
  "next.either": (p) => capital(p.parts.join("; или ")),
  "next.repair": "Поручите исправление Lifeboat",
  "next.make-bios": "подготовьте её для BIOS",
  "next.make-uefi": "подготовьте её для UEFI",
  "next.set-uefi": "переключите прошивку на UEFI",
  "next.set-bios": "переключите прошивку на BIOS (Legacy, CSM), если она это умеет",
  "next.uefi-or-512": "Запускайте через UEFI или выберите диск с секторами по 512 байт",
  "next.uefi-if": "Запускайте через UEFI, если компьютер это умеет",
  "next.sectors": (p) => `Выберите диск с секторами по ${number(p.sectorSize)} байт`,
  "next.to-gpt": "Выберите в разметке GPT, если компьютер запускается через UEFI",
  "next.recovery-key": "Приготовьте ключ восстановления (48 цифр; aka.ms/myrecoverykey), прежде чем начать",
  "next.pass-phrase": "Приготовьте то или другое, прежде чем начать",
  "next.no-uefi": "Оставьте как есть или выберите BIOS",
  "next.set-bios-if": "Переключите прошивку на BIOS (Legacy, CSM), если она это умеет",
  "next.set-uefi-if": "Переключите прошивку на UEFI, если она это умеет",
  "next.convert-slot":
    "Переведите на PBKDF2 ячейку, пароль которой должен принимать GRUB, или вынесите /boot на отдельный незашифрованный раздел",
  "next.names": "Подготовьте её к запуску на другом оборудовании: имена станут UUID",
  "next.name-disk": "Выберите диск этого компьютера",
  "next.initramfs-put": "Подготовьте её к запуску на другом оборудовании: тогда он там будет",
  "next.initramfs":
    "Подготовьте её к запуску на другом оборудовании: initramfs будет сделан заново, с драйверами для любого оборудования",
  "next.newer-kernel":
    "Установите в системе ядро новее, прежде чем делать её образ, или возьмите диск на другом контроллере",
  "next.set-bios-has": "Переключите прошивку на BIOS (Legacy, CSM), если она это умеет",
  "next.secure-off": "Выключите Secure Boot в прошивке",
  "next.secure-allow":
    "Разрешите сертификат в прошивке (часто называется «3rd party UEFI CA») или выключите Secure Boot",
  "next.secure-enrol": "Выключите Secure Boot в прошивке или добавьте этот ключ программой mokutil",
  "next.secure-update": "Выключите Secure Boot в прошивке на один запуск и обновите загрузчик системы",
  "next.larger-disk": "Выберите диск побольше или дайте разделам уменьшиться",
  "next.entry": "Поручите сделать запись: это часть исправления",
  "next.gpt": "Выберите в разметке GPT",
  "next.bcd": "Подготовьте её к запуску на другом оборудовании: имена будут исправлены",
  "next.ids": "Подготовьте её к запуску на другом оборудовании или сохраните идентификаторы",
  "next.discard": "Отбросьте спящий сеанс или полностью завершите работу Windows и сделайте образ снова",
  "next.shut-down": "Лучше полностью завершите работу Windows (shutdown /s /t 0) и сделайте образ снова",
  "next.service": "Подготовьте её к запуску на другом оборудовании: драйвер будет включён",
  "next.driver-use": "Подготовьте её к запуску на другом оборудовании: тогда он будет использован",
  "next.driver-give": (p) =>
    `Нужно: ${p.pack} для ${p.id}, добавленный на спасательный носитель при его создании; ${p.other}`,
  "next.maker-driver": "драйвер изготовителя",
  "next.or-no-vmd": "или выключите VMD в прошивке: тогда диск будет обычным NVMe",
  "next.or-ahci": "или переключите SATA в прошивке на AHCI, если RAID не используется",
  "next.or-sata": "или подключите диск через SATA",
  "next.or-other-controller": "или возьмите диск на другом контроллере",
  "next.nvme-7": "Возьмите диск SATA или драйвер NVMe изготовителя для Windows 7",
};
