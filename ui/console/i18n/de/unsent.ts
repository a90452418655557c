import type { UnsentWords } from "#pxe/console/contract.ts";

/** Why a mail server or a webhook did not take a message. */
export const unsent: UnsentWords = {
  "unsent.refused": (p) => `unter ${p.at} nimmt niemand Verbindungen an`,
  "unsent.no-way": (p) => `zu ${p.at} führt kein Weg`,
  "unsent.no-network": (p) => `das Netz von ${p.at} ist nicht erreichbar`,
  "unsent.unknown-name": (p) => `den Namen ${p.name} gibt es nicht`,
  "unsent.no-names": (p) => `der Name ${p.name} lässt sich gerade nicht auflösen`,
  "unsent.no-answer": "es kommt keine Verbindung zustande",
  "unsent.silent": "er meldet sich nicht",
  "unsent.too-long": "es hat zu lange gedauert",
  "unsent.login": (p) => `die Anmeldung wurde abgelehnt: ${p.answer}`,
  "unsent.self-signed": "sein Zertifikat hat er sich selbst ausgestellt",
  "unsent.self-signed-chain": "in der Kette seines Zertifikats ist eines selbst ausgestellt",
  "unsent.unverified": "sein Zertifikat lässt sich nicht prüfen",
  "unsent.expired": "sein Zertifikat ist abgelaufen",
  "unsent.other-name": (p) => `sein Zertifikat ist für einen anderen Namen: ${p.why}`,
  "unsent.status": (p) => `er hat mit Status ${p.number} geantwortet`,
  "unsent.redirect": "er verweist an eine andere Adresse",
  "unsent.mail": (p) => `der Mailserver ${p.server}`,
  "unsent.webhook": (p) => `der Webhook ${p.name}`,
};
