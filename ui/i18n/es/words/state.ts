import type { SentencesOf } from "#ui/i18n/tell.ts";

export const stateWords: SentencesOf<"state"> = {
  "state.unclean": "no se desmontó correctamente",
  "state.unclean-log": "no se desmontó correctamente; su registro se restaurará con él",
  "state.unclean-journal": "no se desmontó correctamente; su diario se restaurará con él",
  "state.unclean-check": (p) => `no se desmontó correctamente; compruébelo con ${p.tool}`,
  "state.unclean-chkdsk": (p) => `no se desmontó correctamente; compruébelo con ${p.tool} o chkdsk`,
  "state.unclean-ntfs": "no se desmontó correctamente, o Windows está hibernado en él (inicio rápido)",
  "state.errors": (p) => `ha anotado errores; compruébelo con ${p.tool}`,
  "state.disk-errors": (p) => `ha anotado errores del disco; compruébelo con ${p.tool} o chkdsk`,
  "state.dirty": "está marcado para comprobarlo; compruébelo con chkdsk",
  "state.boot-sectors": (p) => `sus sectores de arranque están dañados; compruébelo con ${p.tool} o chkdsk`,
  "state.first-boot-sectors": (p) =>
    `sus primeros sectores de arranque están dañados; compruébelo con ${p.tool} o chkdsk`,
  "state.root": (p) => `su carpeta raíz no se puede leer; compruébelo con ${p.tool} o chkdsk`,
  "state.file-table": "su tabla de archivos (MFT) no se puede leer; compruébelo con chkdsk",
  "state.superblocks": (p) => `sus superbloques están dañados; compruébelo con ${p.tool}`,
  "state.first-superblock": (p) => `su primer superbloque está dañado; compruébelo con ${p.tool}`,
  "state.checkpoints": (p) => `sus puntos de control no se pueden leer; compruébelo con ${p.tool}`,
  "state.quotas": (p) => `sus cuotas no están al día; compruébelo con ${p.tool}`,
  "state.repair": "hay que repararlo antes de montarlo; ejecute xfs_repair",
  "state.log-elsewhere": "tiene su registro en otro dispositivo, que no se guarda con él",
  "state.realtime": "tiene archivos en un dispositivo de tiempo real, que no se guarda con él",
  "state.one-device": (p) =>
    `es uno de los dispositivos de un btrfs (en total: ${p.devices}); solo se puede leer con los demás`,
  "state.swap-hibernated": "hay un sistema hibernado en él",
  "state.with-session": (p) =>
    `${p.session}; se guarda con esa sesión. Para una imagen más pequeña que arranque en cualquier equipo, inicie Windows y apáguelo del todo (shutdown /s /t 0)`,
  "state.fast-startup": "Windows está hibernado en él (inicio rápido)",
  "state.hibernated": "Windows está hibernado en él (hibernación o inicio rápido)",
  "state.hibernated-elsewhere": "un Windows de otra partición se hibernó mientras tenía esta abierta",
  "state.hibernated-unknown": "su hiberfil.sys no se entiende: quizá Windows esté hibernado en él",
};
