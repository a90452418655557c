import type { unattended as en } from "#ui/i18n/en/unattended.ts";
import { plural } from "#ui/i18n/es/plural.ts";

export const unattended: typeof en = {
  "unattended.none-title": "No ocurre nada por sí solo",
  "unattended.waiting-title": "Este medio restaura por sí solo",
  "unattended.countdown-title": "Se perderán todos los datos de este disco",
  "unattended.running-title": "Restaurando",
  "unattended.stopped-title": "Se ha detenido. No se ha escrito nada",
  "unattended.failed-title": "No se ha conseguido",
  "unattended.done-title": "La restauración está completa",
  "unattended.waits": "Empieza cuando todo esté presente, tras una cuenta atrás. Puede detenerlo ahora o entonces.",
  "unattended.begins": (p) =>
    plural(p.seconds, {
      one: "Empieza en # segundo. Cualquier tecla lo detiene.",
      many: "Empieza en # de segundos. Cualquier tecla lo detiene.",
      other: "Empieza en # segundos. Cualquier tecla lo detiene.",
    }),
  "unattended.held": "Espera hasta que usted lo deje continuar.",
  "unattended.restarts": (p) =>
    plural(p.seconds, {
      one: "El equipo se reinicia en # segundo.",
      many: "El equipo se reinicia en # de segundos.",
      other: "El equipo se reinicia en # segundos.",
    }),
  "unattended.shuts-down": (p) =>
    plural(p.seconds, {
      one: "El equipo se apaga en # segundo.",
      many: "El equipo se apaga en # de segundos.",
      other: "El equipo se apaga en # segundos.",
    }),
  "unattended.by-hand": "No ocurre nada más por sí solo. Puede continuar a mano.",
  "unattended.stop": "Detener",
  "unattended.hold": "Esperar",
  "unattended.go-on": "Continuar",
  "unattended.begin": "Empezar ahora",
  "unattended.stay-on": "Dejar encendido",
  "unattended.leave": "Continuar a mano",
};
