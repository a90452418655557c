import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import { plural } from "#ui/i18n/ru/plural.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(ruLocale);

const within = (volume: string): string => (volume === "" ? "" : `, ${volume}`);
const content = (p: { content: string; volume: string; number: number }): string =>
  `раздел ${p.number}${within(p.volume)}${p.content === "" ? "" : ` (${p.content})`}`;

export const planWords: SentencesOf<"plan" | "loss" | "confirm" | "warning"> = {
  "plan.save-old": (p) =>
    `Сохранить старую таблицу разделов, загрузочные области и суперблоки диска ${p.disk}, чтобы их можно было вернуть (не больше ${bytes(p.most)}, ${p.path})`,
  "plan.make-partition": (p) =>
    `Создать раздел ${p.number} на диске ${p.disk}: ${bytes(p.size)}, с отметки ${place(p.start)}`,
  "plan.add-partition": (p) => `Создать раздел ${p.number} (${p.type}): ${bytes(p.size)}, с отметки ${place(p.start)}`,
  "plan.clear-partition": (p) => `Удалить признаки старого содержимого раздела ${p.number}`,
  "plan.clear-table": (p) => `Удалить старую таблицу разделов диска ${p.disk}`,
  "plan.write-zeros": (p) => `Записать нули там, где в образе нет данных: ${bytes(p.bytes)}`,
  "plan.write-region": (p) => `Записать: ${p.region}, ${bytes(p.used)} из ${bytes(p.size)}`,
  "plan.compare-region": (p) => `Сравнить: ${p.region}, ${bytes(p.used)} из ${bytes(p.size)}, и записать отличия`,
  "plan.region": (p) => `раздел ${p.number}${p.filesystem === "" ? "" : ` (${p.filesystem})`}`,
  "plan.region-whole": "весь диск",
  "plan.region-end": (p) => `конец раздела ${p.number}`,
  "plan.write-boot-areas": "Записать загрузочные области и загрузочные секторы",
  "plan.write-boot-sectors": "Записать загрузочные секторы",
  "plan.verify-all": (p) => `Прочитать всё обратно и сравнить с ${p.isClone ? "источником" : "образом"}`,
  "plan.verify-written": (p) => `Прочитать записанное обратно и сравнить с ${p.isClone ? "источником" : "образом"}`,
  "plan.name-volume": (p) =>
    `Дать ${p.container} (раздел ${p.number}${within(p.volume)}) UUID ${p.to} вместо ${p.from}`,
  "plan.name-group": (p) =>
    `Назвать группу томов ${p.from} (раздел ${p.number}${within(p.volume)}) именем ${p.to}, с UUID ${p.toId} вместо ${p.fromId}, и дать другие UUID её физическому тому и ${plural(p.count, { one: "# логическому тому", few: "# логическим томам", many: "# логическим томам", other: "# логического тома" })}`,
  "plan.name-references": (p) =>
    plural(p.count, {
      one: "Записать # новое имя в настройки систем на диске (fstab, GRUB и другие) вместо старого",
      few: "Записать # новых имени в настройки систем на диске (fstab, GRUB и другие) вместо старых",
      many: "Записать # новых имён в настройки систем на диске (fstab, GRUB и другие) вместо старых",
      other: "Записать # нового имени в настройки систем на диске (fstab, GRUB и другие) вместо старых",
    }),
  "plan.shrink": (p) => `Уменьшить: ${content(p)}, с ${bytes(p.oldSize)} до ${bytes(p.size)}`,
  "plan.grow": (p) => `Увеличить: ${content(p)}, с ${bytes(p.oldSize)} до ${bytes(p.size)}`,
  "plan.remake": (p) => `Создать заново и скопировать файлы: ${content(p)}, ${bytes(p.size)}`,
  "plan.write-start": (p) => `Записать начало раздела ${p.number}, в последнюю очередь`,
  "plan.write-new-table": (p) => `Записать новую таблицу разделов (${p.table}), в последнюю очередь`,
  "plan.write-table": "Записать таблицу разделов, в последнюю очередь",
  "plan.write-disk-start": "Записать начало диска, в последнюю очередь",
  "plan.mend": (p) => `Затем: ${p.parts.join("; ")}`,
  "plan.mend-start": "исправить, где нужно, то, что запускает системы на диске",
  "plan.mend-uefi": "подготовить их к запуску через UEFI",
  "plan.mend-bios": "подготовить их к запуску через старую прошивку (BIOS)",
  "plan.mend-moved": "сообщить Windows на диске, как теперь называются её разделы",
  "plan.mend-universal": "подготовить их к запуску на другом оборудовании",
  "plan.mend-identity": (p) => `сделать их другим компьютером${p.hostname === "" ? "" : ` с именем ${p.hostname}`}`,

  "loss.partition": (p) => facts(`раздел ${p.number}`, p.label === "" ? "" : `«${p.label}»`, p.content, bytes(p.size)),
  "loss.whole-disk": (p) =>
    facts("файловая система на весь диск", p.label === "" ? "" : `«${p.label}»`, p.content, bytes(p.size)),
  "loss.moving": (p) => `раздел ${p.number}, который перемещается или меняет размер`,
  "loss.unknown": "данные неизвестного вида, без таблицы разделов",
  "loss.damaged": (p) => `всё, что на нём есть: ${p.damage}`,
  "loss.table": (p) => `пустая таблица разделов (${p.table})`,

  "confirm.nothing": (p) => `На диске ${p.disk} нет данных, которые пропадут.`,
  "confirm.erase": (p) =>
    `Я понимаю, что на диске ${p.disk} будет стёрто: ${p.loss}${p.others === 0 ? "" : ` и ещё ${number(p.others)}`}.`,

  "warning.undo-unwanted": (p) =>
    `По вашему желанию с диска ${p.disk} ничего не сохраняется: прежнее содержимое потом не вернуть`,
  "warning.undo-no-place": (p) =>
    `Негде сохранить то, что помогло бы найти прежнее содержимое диска ${p.disk}: потом его не вернуть`,
  "warning.undo-in-memory": (p) =>
    `То, что поможет найти прежнее содержимое диска ${p.disk}, хранится только в памяти: скопируйте ${p.path} на другой носитель, прежде чем выключать компьютер`,
  "warning.in-image": (p) => `В образе: ${p.problem}`,
  "warning.filesystem": (p) => `Раздел ${p.number} в образе: ${p.problem}`,
  "warning.left-out": (p) =>
    `Раздела ${p.number} (${facts(p.filesystem, bytes(p.size))}) нет в образе: он будет создан пустым`,
  "warning.lacks": (p) =>
    `В образе не хватает ${bytes(p.bytes)} в ${plural(p.places, { one: "# месте", few: "# местах", many: "# местах", other: "# места" })}, которые не удалось прочитать при его создании; на диске там будут нули`,
  "warning.free-end": (p) => `${bytes(p.free)} в конце диска ${p.disk} останутся незанятыми`,
  "warning.unfinished": "Прежнее восстановление на этот диск не было закончено",
  "warning.no-serial": (p) =>
    `${p.path} не сообщает серийного номера: после перезагрузки или подключения дисков так может называться другой диск. Убедитесь, что это нужный диск, и начинайте сразу`,
  "warning.salvage": "Повреждённые части образа станут на диске нулями",
  "warning.boot-loader-ids":
    "В загрузчик для старой прошивки (BIOS) может быть встроен старый UUID или имя группы LVM, и здесь это не меняется: если копия не запустится, исправьте загрузку в разделе «Загрузка»",
  "warning.twin": (p) =>
    `У копии те же идентификаторы, что у источника: не запускайте компьютер, к которому подключены оба диска${p.canDiffer ? ", или дайте ей свои на странице разметки" : ""}`,
};
