import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(ruLocale);

const wireless = (isWireless: boolean): string => (isWireless ? "беспроводной " : "");
const madeBy = (maker: string): string =>
  `${maker === "" ? "Чем он создаётся, неизвестно" : `Он создаётся программой ${maker}, которая Lifeboat не знакома`}: если диску нового компьютера нужен один из них, система не запустится`;

export const linuxWords: SentencesOf<"linux"> = {
  "linux.is": (p) => `${p.old} – это ${p.name}`,
  "linux.not-there": (p) => `${p.device} больше нет`,
  "linux.in-file": (p) => `${p.path}: ${p.problem}`,
  "linux.other-disk": "это было не на том диске, где система",
  "linux.whole-disk": "это имя диска целиком",
  "linux.no-partition": (p) => `на этом диске нет тома в разделе ${p.number}`,
  "linux.partition-holds": (p) => `в разделе ${p.number} находится ${p.filesystem}`,
  "linux.no-uuid": "там нет UUID",
  "linux.filesystem-no-uuid": "у файловой системы нет UUID",
  "linux.unmounted": (p) => `${p.folder} (${p.device}): ${p.why}`,
  "linux.elsewhere": "этого нет ни на одном томе диска, который можно открыть",
  "linux.link-to-root": "ссылка ведёт в корень",
  "linux.no-filesystem": (p) => `нет драйвера для ${p.filesystem}`,
  "linux.fstab": (p) =>
    `Монтировать по UUID, а не по именам, которые были у устройств на старом компьютере: ${p.list.join(", ")}`,
  "linux.fstab-missing": "/etc/fstab нет: система монтирует разделы по их типам",
  "linux.fstab-unknown": (p) =>
    `/etc/fstab монтирует ${p.device} в ${p.folder}, и что это значит здесь, неизвестно: ${p.why}`,
  "linux.fstab-unknown-swap": (p) =>
    `/etc/fstab использует ${p.device} как подкачку, и что это значит здесь, неизвестно: ${p.why}`,
  "linux.fstab-options": (p) => `В /etc/fstab в параметрах ${p.folder} указано ${p.device}`,
  "linux.fstab-elsewhere": (p) =>
    `/etc/fstab монтирует ${p.device} в ${p.folder}, а на этом диске этого нет: запуск там остановится, если не добавить в строку параметр nofail`,
  "linux.fstab-elsewhere-swap": (p) =>
    `/etc/fstab использует ${p.device} как подкачку, а на этом диске её нет: каждый запуск будет её ждать`,
  "linux.crypttab": (p) => `Открывать зашифрованные тома, куда бы ни был подключён диск: ${p.list.join(", ")}`,
  "linux.crypttab-unknown": (p) =>
    `/etc/crypttab открывает ${p.device} как ${p.name}${p.isScratch ? " (перезаписывается при каждом запуске)" : ""}, и что это значит здесь, неизвестно: ${p.why}`,
  "linux.key-unknown": (p) =>
    `Ключ ${p.name} из /etc/crypttab лежит на ${p.device}, и что это значит здесь, неизвестно: ${p.why}`,
  "linux.opened-early": (p) => `${p.name} открывается до того, как появится корень`,
  "linux.resume": (p) => `Просыпаться из подкачки, которая есть: ${p.list.join(", ")}`,
  "linux.raid": "Искать части RAID на всех дисках, а не по именам, которые были у них на старом компьютере",
  "linux.raid-members": "RAID, части которого на других дисках, запускается без тех, которых нет",
  "linux.lvm-devices": "Разрешить LVM просматривать все диски: в его списке диски старого компьютера",
  "linux.lvm-filter": "Разрешить LVM просматривать все диски: в фильтре диски старого компьютера",
  "linux.multipath": (p) =>
    `В ${p.path} указаны диски старого компьютера (${p.count}); multipath пропускает их, если их нет`,
  "linux.multipath-bound": (p) =>
    `${p.path} привязан к определённым дискам: просмотрите его, если система должна здесь использовать multipath`,
  "linux.arguments": (p) => `Запускать систему по UUID: ${p.list.join(", ")}`,
  "linux.arguments-room": (p) => `В ${p.path} нет места для постоянных имён`,
  "linux.argument-gone": (p) => `${p.argument}: этого нет ни на одном томе диска`,
  "linux.argument-why": (p) => `${p.argument}: ${p.why}`,
  "linux.argument-no-uuid": (p) => `${p.argument}: нет UUID`,
  "linux.argument-resume": (p) => `${p.argument} убирается, так как такой подкачки нет`,
  "linux.grub-uuid": "Разрешить GRUB называть корень по UUID всякий раз, когда создаётся его конфигурация",
  "linux.esp-unmounted": (p) =>
    `Системный раздел EFI ${p.number} нигде в этой системе не монтируется, и имена устройств в нём не искались`,
  "linux.card-named": (p) =>
    `Назвать карту ${p.mac}${p.name === "" ? "" : ` (${p.name})`} именем ${p.called}, как называлась карта старого компьютера, чтобы действовали её настройки сети`,
  "linux.card-only": (p) =>
    `Назвать единственную ${p.isWireless ? "беспроводную " : ""}сетевую карту именем ${p.called}, как называлась карта старого компьютера, чтобы действовали её настройки сети; если карт несколько, их получит первая найденная`,
  "linux.card-instead": (p) => `Настроить для карты ${p.mac} вместо ${p.old}`,
  "linux.card-new": (p) => `Настроить для карты ${p.mac} вместо карты старого компьютера`,
  "linux.card-any": (p) => `Настроить для карты, которая есть, с любым адресом; был ${p.old}`,
  "linux.card-match": (p) => `Настроить для карты, которая есть, с любым адресом: ${p.list.join(", ")}`,
  "linux.cards": "Настроить для карт этого компьютера вместо карт старого",
  "linux.cards-listed": (p) => `Настроить для карт этого компьютера: ${p.list.join(", ")}`,
  "linux.card-whichever": (p) => `${p.old} – это та, что называется ${p.name}`,
  "linux.cards-named": "Назвать карты этого компьютера так, как назывались карты старого, и забыть те, которых нет",
  "linux.card-unknown": (p) =>
    `Есть настройки сети для ${wireless(p.isWireless)}сетевой карты ${p.card}, и нужно указать, какая займёт её место: ${p.choice}`,
  "linux.here-unknown": "какие карты у этого компьютера, неизвестно",
  "linux.here-none": "у этого компьютера их нет",
  "linux.here": (p) => `у этого компьютера ${p.cards}`,
  "linux.udev-rules": (p) =>
    `В ${p.path} есть правила для устройств старого компьютера по серийным номерам или местам; здесь они не действуют`,
  "linux.barred": (p) =>
    `${p.path} не даёт системе загрузить ${p.list.join(", ")}: с диска, которому это нужно, она не запустится`,
  "linux.graphics": (p) => `${p.path} – для графики старого компьютера: если экран останется тёмным, уберите этот файл`,
  "linux.unified": (p) =>
    `${p.path} – ядро вместе с initramfs: то, чем он создан (mkinitcpio, dracut --uefi, ukify), должно создать его заново, иначе он запустится с драйверами старого компьютера`,
  "linux.and-more": (p) => `${p.list.join(", ")} и ещё ${p.others}`,
  "linux.no-kernel": "Ядра с модулями не найдено, поэтому о драйверах при запуске ничего сказать нельзя",
  "linux.part-missing": (p) => `initramfs нельзя создать заново, так как части системы нет: ${p.what}`,
  "linux.start-file": (p) => `Создать заново initramfs ядра ${p.version}, с драйверами для любого оборудования`,
  "linux.start-file-lacks": (p) =>
    `Создать заново initramfs ядра ${p.version}, с драйверами для любого оборудования; сейчас в нём нет ${p.drivers}`,
  "linux.start-files": (p) => p.list.join(". "),
  "linux.start-unread": (p) => `initramfs ядра ${p.version} не удалось прочитать. ${madeBy(p.maker)}`,
  "linux.start-lacks": (p) => `В initramfs ядра ${p.version} нет этих драйверов: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.start-missing": (p) =>
    `initramfs ядра ${p.version} нет, а в самом ядре нет этих драйверов: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.boot-full": (p) =>
    `В /boot свободно только ${bytes(p.free)}, а initramfs для любого оборудования может занять ${bytes(p.size)}: если он не поместится, останется старый`,
  "linux.modules-most": "Включить в initramfs драйверы всего обычного оборудования, а не только старого компьютера",
  "linux.hook": "Включить в initramfs драйверы дисков всех видов, в том числе когда он позже создаётся заново",
  "linux.dracut":
    "Создавать initramfs для любого оборудования, а не только для старого компьютера, в том числе когда он позже создаётся заново",
  "linux.containers":
    "initramfs открывает все LVM, LUKS и RAID, которые находит (rd.auto=1), так как корень лежит в них",
  "linux.autodetect": "Убрать модуль `autodetect`, чтобы в initramfs были драйверы любого оборудования",
  "linux.preset": "Обычный initramfs тоже создавать для любого оборудования",
  "linux.no-block":
    "В /etc/mkinitcpio.conf нет модуля `block`, поэтому в initramfs нет драйверов дисков, кроме указанных в MODULES",
  "linux.relabel":
    "Поручить SELinux заново пометить все файлы: первый запуск займёт на несколько минут больше и закончится вторым",
};
