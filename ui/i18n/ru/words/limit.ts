import type { SentencesOf } from "#ui/i18n/tell.ts";

/** Why a file system cannot be smaller, or larger. */
export const limitWords: SentencesOf<"limit"> = {
  "limit.nearly-full": "место в ней почти занято",
  "limit.full": "место в ней занято",
  "limit.unknown": "что в нём, неизвестно",
  "limit.left-out": "его нет в образе",
  "limit.raw": "его содержимое сохранено как есть",
  "limit.no-tool": (p) => `нет программы, которая меняет размер ${p.filesystem}`,
  "limit.xfs-least": "XFS не бывает меньше 300 МиБ",
  "limit.xfs-realtime": "XFS уменьшают только копированием файлов, а часть из них на устройстве реального времени",
  "limit.xfs-log": "XFS уменьшают только копированием файлов, а её журнал на другом устройстве",
  "limit.xfs-quotas": "XFS уменьшают только копированием файлов, и при этом пропали бы её квоты",
  "limit.btrfs-least": "btrfs не бывает меньше 256 МиБ",
  "limit.ntfs-tool": "её программа не знает меньшего размера",
  "limit.ntfs-check": "Windows пометила её для проверки: сначала нужен chkdsk /f",
  "limit.ntfs-journal": "её журнал не закрыт: сначала нужно полностью завершить работу Windows",
  "limit.ntfs-hibernated": "в ней спит Windows",
  "limit.f2fs": "программа F2FS не говорит, насколько её можно уменьшить",
  "limit.exfat":
    "нет программы, которая меняет размер exFAT, а при копировании файлов пропали бы их атрибуты и время создания",
  "limit.bigalloc": "в ней включён bigalloc, а за изменение её размера resize2fs не ручается",
  "limit.ext-unclean": "она не была отключена как следует, и нет места, чтобы с её журналом узнать, насколько она мала",
  "limit.layer-full": "в ней нет ничего свободного",
  "limit.layer-largest": "больше она быть не может",
  "limit.striped": "LVM разложил его полосами (striping)",
};
