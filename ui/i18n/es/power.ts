import type { power as en } from "#ui/i18n/en/power.ts";

export const power: typeof en = {
  "power.button": "Apagar",
  "power.restart": "Reiniciar",
  "power.shut-down": "Apagar",
  "power.title": "¿Reiniciar o apagar?",
  "power.text":
    "Retire la memoria o el disco de rescate cuando la pantalla se oscurezca, para que el equipo arranque desde su propio disco.",
  "power.running": "Hay un trabajo en curso. Deténgalo primero: si no, su disco no arrancaría.",
  "power.show-job": "Ver el trabajo",
  "power.restarting": "El equipo se reinicia…",
  "power.shutting-down": "El equipo se apaga…",
};
