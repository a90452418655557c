import type { SentencesOf } from "#ui/i18n/tell.ts";

export const stateWords: SentencesOf<"state"> = {
  "state.unclean": "не была отключена как следует",
  "state.unclean-log": "не была отключена как следует; её журнал будет восстановлен вместе с ней",
  "state.unclean-journal": "не была отключена как следует; её журнал будет восстановлен вместе с ней",
  "state.unclean-check": (p) => `не была отключена как следует; проверьте её с помощью ${p.tool}`,
  "state.unclean-chkdsk": (p) => `не была отключена как следует; проверьте её с помощью ${p.tool} или chkdsk`,
  "state.unclean-ntfs": "не была отключена как следует, или в ней спит Windows (быстрый запуск)",
  "state.errors": (p) => `отметила ошибки; проверьте её с помощью ${p.tool}`,
  "state.disk-errors": (p) => `отметила ошибки диска; проверьте её с помощью ${p.tool} или chkdsk`,
  "state.dirty": "помечена для проверки; проверьте её с помощью chkdsk",
  "state.boot-sectors": (p) => `её загрузочные секторы повреждены; проверьте её с помощью ${p.tool} или chkdsk`,
  "state.first-boot-sectors": (p) =>
    `её первые загрузочные секторы повреждены; проверьте её с помощью ${p.tool} или chkdsk`,
  "state.root": (p) => `её корневая папка не читается; проверьте её с помощью ${p.tool} или chkdsk`,
  "state.file-table": "её таблица файлов (MFT) не читается; проверьте её с помощью chkdsk",
  "state.superblocks": (p) => `её суперблоки повреждены; проверьте её с помощью ${p.tool}`,
  "state.first-superblock": (p) => `её первый суперблок повреждён; проверьте её с помощью ${p.tool}`,
  "state.checkpoints": (p) => `её контрольные точки не читаются; проверьте её с помощью ${p.tool}`,
  "state.quotas": (p) => `её квоты устарели; проверьте её с помощью ${p.tool}`,
  "state.repair": "её нужно исправить, прежде чем подключать; запустите xfs_repair",
  "state.log-elsewhere": "её журнал на другом устройстве, которое с ней не сохраняется",
  "state.realtime": "часть её файлов на устройстве реального времени, которое с ней не сохраняется",
  "state.one-device": (p) =>
    `это одно из устройств btrfs (всего их ${p.devices}); прочитать её можно только вместе с остальными`,
  "state.swap-hibernated": "в нём спит система",
  "state.with-session": (p) =>
    `${p.session}; она сохраняется с этим сеансом. Чтобы образ был меньше и запускался на любом компьютере, запустите Windows и полностью завершите работу (shutdown /s /t 0)`,
  "state.fast-startup": "в ней спит Windows (быстрый запуск)",
  "state.hibernated": "в ней спит Windows (гибернация или быстрый запуск)",
  "state.hibernated-elsewhere": "Windows на другом разделе уснула, пока этот был у неё открыт",
  "state.hibernated-unknown": "её hiberfil.sys непонятен: возможно, в ней спит Windows",
};
