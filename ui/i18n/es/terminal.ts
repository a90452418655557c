import type { terminal as en } from "#ui/i18n/en/terminal.ts";

export const terminal: typeof en = {
  "terminal.title": "Terminal",
  "terminal.lead":
    "Un intérprete de órdenes en el ordenador de rescate, con todos los derechos. F6 sale de él; termina cuando deja esta página.",
  "terminal.enter": "Entrar en el terminal",
  "terminal.left": "Ha salido del terminal. El botón «Entrar en el terminal» vuelve a él.",
  "terminal.input": "Entrada del terminal, F6 sale",
  "terminal.copy": "Copiar",
  "terminal.paste": "Pegar",
  "terminal.smaller": "Texto más pequeño",
  "terminal.larger": "Texto más grande",
  "terminal.reader": "Para lectores de pantalla",
  "terminal.again": "Nuevo terminal",
  "terminal.ended": "El intérprete ha terminado",
  "terminal.too-many": "Ya hay tantos terminales abiertos como puede haber: cierre uno primero",
  "terminal.failed": "No se pudo abrir ningún terminal",
  "terminal.lost": "Se perdió la conexión con el programa de rescate, y el intérprete ha terminado",
};
