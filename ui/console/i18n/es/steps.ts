import type { StepWords } from "#pxe/console/contract.ts";
import { esLocale } from "#ui/i18n/es/locale.ts";
import { plural } from "#ui/i18n/es/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";

const { bytes, duration, number } = createFormat(esLocale);

const named = ({ found, more }: { found: readonly string[]; more: number }): string =>
  found.length === 0 ? "" : ` (${found.join(", ")}${more > 0 ? ` y ${number(more)} más` : ""})`;

export const steps: StepWords = {
  "step.card": (p) => `${p.interface}: ${p.text}`,
  "step.http": (p) =>
    `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, ${bytes(p.bytes)} en ${duration(p.seconds)}`,
  "step.http-broken": (p) => `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, interrumpido tras ${bytes(p.bytes)}`,
  "step.lost": (p) => `${p.code}: ${p.text}`,
  "step.back": (p) => `${p.interface} ha vuelto: se ofrece de nuevo en ${p.address}`,
  "step.menu": (p) => `${p.client} tiene el menú ${p.title}`,
  "step.menu-chosen": (p) => `${p.client} arranca ${p.title}`,
  "step.menu-refused": (p) => `${p.client} no arranca ${p.title}: ${p.reason}`,
  "step.offered": (p) => `a ${p.mac} se le ofrece ${p.address}`,
  "step.bound": (p) => `${p.mac} tiene ${p.address}`,
  "step.renewed": (p) => `${p.mac} conserva ${p.address}`,
  "step.released": (p) => `${p.mac} devuelve ${p.address}`,
  "step.declined": (p) => `${p.mac} no acepta ${p.address}: otro equipo la usa. Descansa diez minutos`,
  "step.conflict": (p) =>
    `${p.address} no se ofreció a ${p.mac}: otro equipo la usa (${p.user}). Descansa diez minutos`,
  "step.address-refused": (p) => `${p.mac} no puede usar ${p.address}: ${p.reason}`,
  "step.none-free": (p) => `${p.mac} no recibe dirección: no hay ninguna libre en ${p.subnet}`,
  "step.relay": (p) => `${p.mac} no recibe dirección: el relé ${p.relay} no está en ninguna red conocida aquí`,
  "step.other-server": (p) =>
    `Otro servidor DHCP da direcciones aquí: ${p.server}. Uno de los dos debe irse, o los equipos recibirán direcciones de dos clases`,
  "step.other-server-taken": (p) =>
    `Otro servidor DHCP da direcciones aquí: ${p.server} (${p.mac} aceptó su oferta). Uno de los dos debe irse, o los equipos recibirán direcciones de dos clases`,
  "step.not-saved": (p) => `Las concesiones no se pueden guardar, así que no se da ninguna dirección: ${p.reason}`,
  "step.answered": (p) => `a ${p.mac} (${p.kind}) se le dice que cargue ${p.file}`,
  "step.passed-over": (p) => `${p.mac} (${p.kind}) no recibe respuesta: ${p.reason}`,
  "kind.http": (p) => `${p.kind}, arranque HTTP`,
  "kind.unknown": (p) => `arquitectura ${p.code}`,
  "step.tftp-begins": (p) => `${p.client} TFTP ${p.file}: empieza`,
  "step.tftp-refused": (p) => `${p.client} TFTP ${p.file}: ${p.reason}`,
  "step.tftp": (p) => `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} en ${duration(p.seconds)}`,
  "step.tftp-resent": (p) =>
    `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} en ${duration(p.seconds)}, bloques reenviados: ${number(p.blocks)}`,
  "step.tftp-ended": (p) =>
    `${p.client} TFTP ${p.file}: ${p.outcome} tras ${bytes(p.bytes)} de ${bytes(p.size)}${p.reason === "" ? "" : ` (${p.reason})`}`,
  "notice.cleaned": (p) =>
    [
      `${p.name}: ${plural(p.count, { one: "# punto borrado", many: "# de puntos borrados", other: "# puntos borrados" })}${named(p)}, ${bytes(p.freed)} liberados${p.later > 0 ? `, ${bytes(p.later)} más en una próxima vez` : ""}`,
      ...p.warnings,
    ].join("; "),
};
