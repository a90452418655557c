import type { clone as en } from "#ui/i18n/en/clone.ts";

export const clone: typeof en = {
  "section.clone": "Clonar",
  "home.clone": "Clonar un disco",
  "home.clone-text": "Copiar un disco en otro, mayor o menor.",
  "step.source": "Origen",
  "clone.source-title": "¿Qué disco quiere clonar?",
  "clone.app.running": (p) => `Clonando, ${p.percent}`,
  "clone.app.ended": "La clonación ha terminado",
  "clone.target.title": "¿En qué disco quiere clonar?",
  "clone.target.lead": (p) => `${p.name} tiene ${p.size}. Se reemplazará todo lo que haya en el disco que elija.`,
  "clone.target.empty": "Conecte el disco en el que quiere clonar y elija «Buscar de nuevo».",
  "clone.layout.what": "Qué se clona",
  "clone.layout.table-same": "Como en el origen",
  "clone.layout.new-ids": "Conservar los identificadores del origen",
  "clone.layout.new-ids-detail":
    "Rara vez hace falta: sin esto, la copia recibe identificadores propios y sus sistemas se ajustan a ellos. Con esto, un equipo confunde los dos discos mientras tenga ambos.",
  "clone.review.start-erase": (p) => `Borrar y clonar en ${p.name}`,
  "clone.review.start": (p) => `Clonar en ${p.name}`,
  "clone.progress.title": (p) => `Clonando ${p.image} en ${p.target}`,
  "clone.progress.bar": "Progreso de toda la clonación",
  "clone.progress.image-away": "En espera: el origen se ha quitado o no responde",
  "clone.progress.cancel-title": "¿Detener la clonación?",
  "clone.progress.cancel-text":
    "El destino no arrancará, y lo que había en él se ha perdido. El origen no ha cambiado: puede empezar la clonación de nuevo cuando quiera.",
  "clone.result.succeeded": "La clonación se ha completado",
  "clone.result.failed": "La clonación ha fallado",
  "clone.result.cancelled": "La clonación se ha detenido",
  "clone.result.cancelled-safe":
    "El destino no arrancará: su tabla de particiones no se ha escrito. El origen no ha cambiado.",
  "clone.result.cancelled-next": "Empiece la clonación de nuevo o elija otro disco.",
  "clone.result.verified-yes": "Se ha vuelto a leer todo y es igual al origen",
  "clone.result.other-image": "Elegir otro disco",
  "clone.result.another": "Clonar otro",
};
