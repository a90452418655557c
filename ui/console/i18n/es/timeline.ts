import type { TimelineWords } from "#pxe/console/contract.ts";
import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";

const { list } = createFormat(esLocale);

export const timeline: TimelineWords = {
  "why.unknown-architecture": "arquitectura desconocida",
  "why.no-file": "ningún archivo para esta arquitectura",
  "why.too-long": "la respuesta no cabe en su mensaje",
  "why.not-approved": "no admitido",
  "why.refused": "rechazado",
  "why.own-disk": "arranca de su propio disco",

  "why.other-network": "la dirección es de otra red",
  "why.reserved": "hay otra dirección reservada para este equipo",
  "why.not-free": "la dirección no está libre",
  "why.not-given": "la dirección no se da aquí",
  "why.conflict": (p) => `otro equipo (${p.user}) usa ${p.address}`,
  "why.declined": (p) => `dice que otro equipo usa ${p.address}`,
  "why.none-free": (p) => `no hay ninguna libre en ${p.subnet}`,
  "why.relay": "el relé no está en ninguna red conocida aquí",

  "why.password": "contraseña incorrecta",
  "why.passwords": "demasiadas contraseñas incorrectas",
  "why.memory": "muy poca memoria",

  "why.missing": "no existe ese archivo",
  "why.forbidden": "este archivo no se sirve",
  "why.read-only": "aquí no se puede escribir nada",
  "why.no-transfer": "aquí no hay ninguna transferencia en curso",
  "why.binary": "solo se sirven transferencias binarias (modo octet)",
  "why.replaced": "se pidió otro archivo",
  "why.stopping": "el servidor se está deteniendo",
  "why.gone": "ya nadie escucha en el puerto del equipo",
  "why.broke": "la conexión se cortó",
  "why.status": (p) => `estado HTTP ${p.status}`,
  "how.both": (p) => `${p.how} (${p.reason})`,
  "how.aborted": "interrumpido",
  "how.no-answer": "sin respuesta",
  "how.gone": "desaparecido",
  "how.replaced": "sustituido",
  "how.failed": "fallido",
  "how.stopped": "detenido",

  "told.packet": (p) => `se envió una señal de despertar desde ${p.address}`,
  "told.turn": "le toca en un despliegue",
  "told.order": (p) => `tiene su orden de ${p.name}, vez n.º ${p.number}`,
  "told.contested": "otro equipo pide sus órdenes",
  "told.contested-key": "otro equipo que dice ser este pide sus órdenes",
  "told.restore-begun": "ha empezado una restauración",
  "told.restore-done": "una restauración ha terminado bien",
  "told.restore-failed": "una restauración ha fallado",
  "told.stopped": "no hace nada por sí solo: el equipo dice por qué",

  "told.card": (p) => `tiene otra tarjeta de red: ${p.mac}`,
  "told.card-gone": (p) => `su tarjeta de red ${p.mac} está ahora en otro equipo`,
  "told.card-came": (p) => `la tarjeta de red ${p.mac} vino de otro equipo`,
  "told.twin-card": (p) => `${p.mac} es otro equipo con el mismo UUID`,
  "told.twin": "otro equipo tiene el mismo UUID: las tarjetas de red y los números de serie los distinguen",
  "told.merged": (p) => `lo anotado como dos equipos es uno: se le sumó ${list(p.macs)}`,
  "told.other-dhcp": (p) => `otro servidor DHCP da direcciones aquí: ${p.server}`,
  "told.interface-lost": (p) => `en ${p.interface} (${p.address}) ya no se ofrece nada: ${p.reason}`,
  "lost.gone": "la tarjeta de red ya no está",
  "lost.renewed": "se quitó y se volvió a poner la tarjeta de red",
  "lost.taken": "otra tarjeta de red tiene ahora su dirección",
  "lost.address": "ha perdido su dirección",
};
