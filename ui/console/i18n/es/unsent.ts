import type { UnsentWords } from "#pxe/console/contract.ts";

/** Why a mail server or a webhook did not take a message. */
export const unsent: UnsentWords = {
  "unsent.refused": (p) => `en ${p.at} nadie acepta conexiones`,
  "unsent.no-way": (p) => `no hay camino hasta ${p.at}`,
  "unsent.no-network": (p) => `la red de ${p.at} no está al alcance`,
  "unsent.unknown-name": (p) => `el nombre ${p.name} no existe`,
  "unsent.no-names": (p) => `el nombre ${p.name} no se puede resolver ahora`,
  "unsent.no-answer": "no se establece la conexión",
  "unsent.silent": "no se presenta",
  "unsent.too-long": "tardó demasiado",
  "unsent.login": (p) => `se rechazó el inicio de sesión: ${p.answer}`,
  "unsent.self-signed": "su certificado está firmado por él mismo",
  "unsent.self-signed-chain": "en la cadena de su certificado hay uno firmado por sí mismo",
  "unsent.unverified": "su certificado no se puede comprobar",
  "unsent.expired": "su certificado ha caducado",
  "unsent.other-name": (p) => `su certificado es para otro nombre: ${p.why}`,
  "unsent.status": (p) => `respondió con el estado ${p.number}`,
  "unsent.redirect": "remite a otra dirección",
  "unsent.mail": (p) => `el servidor de correo ${p.server}`,
  "unsent.webhook": (p) => `el webhook ${p.name}`,
};
