import type { settings as en } from "#ui/i18n/en/settings.ts";

export const settings: typeof en = {
  "settings.title": "Ajustes",
  "settings.language": "Idioma",
  "settings.language-lead": "Para esta pantalla. Se conserva lo que haya escrito o elegido.",
  "settings.keyboard": "Teclado",
  "settings.keyboard-layout": "Distribución",
  "settings.keyboard-use": "Usar esta distribución",
  "settings.keyboard-restarts": "La pantalla se oscurece unos segundos. Un trabajo en curso continúa.",
  "settings.keyboard-busy": "Cambiando…",
  "settings.keyboard-test": "Pruébelo aquí",
  "settings.keyboard-hint":
    "Escriba las letras y los signos de una contraseña para ver qué dan las teclas. No se guarda nada.",
  "settings.keyboard-remote":
    "Se ajusta en la pantalla del equipo que se rescata; aquí se usa el teclado de este equipo.",
  "settings.colours": "Colores",
  "theme.auto": "Como lo prefiera este equipo",
  "theme.light": "Claros",
  "theme.dark": "Oscuros",
  "theme.contrast": "Alto contraste",
  "settings.text-size": "Tamaño del texto",
  "settings.text-size-of": (p) => `${p.percent} del tamaño habitual`,
  "settings.about": "Acerca de este sistema",
  "settings.version": "Lifeboat",
  "settings.medium-age": "Paquetes del",
  "settings.kept": "El idioma y el teclado se recuerdan en la memoria de rescate, si se puede escribir en ella.",
};
