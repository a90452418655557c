import type { problems as en } from "#ui/console/i18n/en/problems.ts";

export const problems: typeof en = {
  "error.safe": "No se ha cambiado nada.",
  "error.SERVER_UNREACHABLE": "El servidor no responde.",
  "next.SERVER_UNREACHABLE": "Compruebe la red y si el servidor está en marcha. Luego inténtelo otra vez.",
  "error.CONSOLE_NOT_LOGGED_IN": "La sesión ha terminado.",
  "next.CONSOLE_NOT_LOGGED_IN": "Entre de nuevo.",
  "error.CONSOLE_LOGIN_FAILED": "El nombre y la contraseña no corresponden",
  "next.CONSOLE_LOGIN_FAILED": "Inténtelo otra vez. Un administrador puede poner otra contraseña.",
  "error.CONSOLE_TOO_MANY_TRIES": (p) => `Demasiados intentos erróneos: el próximo cuenta en ${p.seconds} s.`,
  "next.CONSOLE_TOO_MANY_TRIES":
    "Espere ese tiempo. Si no fue usted, otro lo intenta: el registro de auditoría dice desde dónde.",
  "error.CONSOLE_ROLE_TOO_LOW": (p) => `Su papel no lo permite: hace falta el papel ${p.needs}.`,
  "next.CONSOLE_ROLE_TOO_LOW": "Pregunte a un administrador.",
  "error.CONSOLE_SET_UP_REFUSED":
    "No se puede crear el primer administrador: no es el código del servidor, o ya hay usuarios.",
  "next.CONSOLE_SET_UP_REFUSED": "Lea el código otra vez, al final de lo que escribe el servidor.",
  "error.CONSOLE_USER_EXISTS": (p) => `Ya hay un usuario ${p.name}.`,
  "next.CONSOLE_USER_EXISTS": "Elija otro nombre.",
  "error.CONSOLE_LAST_ADMIN": (p) => `${p.name} es el único administrador: sin uno nadie podría cambiar nada.`,
  "next.CONSOLE_LAST_ADMIN": "Cree antes otro administrador.",
  "error.PXE_MACHINE_NAME_TAKEN": (p) => `El nombre ${p.name} es de otro equipo (${p.owner}).`,
  "next.PXE_MACHINE_NAME_TAKEN": "Elija otro nombre.",
  "error.PXE_MACHINE_UNKNOWN": (p) => `El equipo ${p.machine} no se conoce.`,
  "next.PXE_MACHINE_UNKNOWN": "Puede que se haya olvidado entretanto. Vuelve cuando pregunte otra vez.",
  "error.PXE_DEPLOYMENT_NAME_TAKEN": (p) => `Ya hay un despliegue ${p.name}.`,
  "next.PXE_DEPLOYMENT_NAME_TAKEN": "Elija otro nombre, u olvide aquel.",
  "error.PXE_DEPLOYMENT_UNKNOWN": (p) => `No hay ningún despliegue ${p.name}.`,
  "next.PXE_DEPLOYMENT_UNKNOWN": "Alguien lo ha olvidado, o la dirección es errónea.",
  "error.PXE_CODE_WRONG": (p) => `Ningún equipo que espera como ${p.machine} muestra el código ${p.code}.`,
  "next.PXE_CODE_WRONG": "Léalo otra vez en la pantalla del equipo: es otro tras cada arranque.",
};
