import type { SentencesOf } from "#ui/i18n/tell.ts";

export const regionWords: SentencesOf<"region" | "whole"> = {
  "region.table": "tabla de particiones",
  "region.backup-table": "tabla de particiones de reserva",
  "region.extended": "registro de arranque extendido",
  "region.gap": "sitio de un cargador de arranque",
  "region.end": "final del disco",
  "region.disk": "el disco entero",
  "region.dynamic-disk": "el disco entero (disco dinámico de Windows)",
  "region.partition": (p) => `partición ${p.number}`,
  "region.volume": (p) => `partición ${p.number} (${p.filesystem})`,
  "region.disk-volume": (p) => `el disco entero (${p.filesystem})`,
  "region.tail": (p) => `final de la partición ${p.number}`,
  "region.disk-tail": "final del disco entero",
  "whole.empty-table": "un sistema de archivos ocupa el disco, aunque hay una tabla de particiones vacía",
  "whole.raid": (p) => `pertenece a un RAID del firmware del equipo (${p.raid})`,
  "whole.unknown": "no se ha reconocido ninguna tabla de particiones ni sistema de archivos",
  "whole.dynamic": (p) => `es un disco dinámico de Windows, y ${p.why}`,
  "whole.asked": "sector por sector, como se ha pedido",
};
