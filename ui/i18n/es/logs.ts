import type { logs as en } from "#ui/i18n/en/logs.ts";

export const logs: typeof en = {
  "logs.title": "Registro",
  "logs.lead": "Lo que ha hecho el sistema de rescate desde que se inició.",
  "logs.again": "Leer de nuevo",
  "logs.bundle": "Paquete de asistencia",
  "logs.bundle-text":
    "Todo lo que necesita quien le ayude, en un solo archivo: registros, planes, informes y lo que hay en este equipo. Nunca contiene contraseñas.",
  "logs.without-serials": "Omitir los números de serie",
  "logs.bundle-save": "Guardar en la memoria de rescate",
  "logs.bundle-saving": "Guardando…",
  "logs.bundle-download": "Descargar",
  "logs.bundle-saved": (p) => `Guardado: ${p.path}, ${p.size}`,
};
