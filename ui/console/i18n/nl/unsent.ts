import type { UnsentWords } from "#pxe/console/contract.ts";

/** Why a mail server or a webhook did not take a message. */
export const unsent: UnsentWords = {
  "unsent.refused": (p) => `op ${p.at} neemt niemand verbindingen aan`,
  "unsent.no-way": (p) => `er is geen weg naar ${p.at}`,
  "unsent.no-network": (p) => `het netwerk van ${p.at} is niet bereikbaar`,
  "unsent.unknown-name": (p) => `de naam ${p.name} bestaat niet`,
  "unsent.no-names": (p) => `de naam ${p.name} kan nu niet worden opgezocht`,
  "unsent.no-answer": "er komt geen verbinding tot stand",
  "unsent.silent": "hij meldt zich niet",
  "unsent.too-long": "het duurde te lang",
  "unsent.login": (p) => `de aanmelding werd geweigerd: ${p.answer}`,
  "unsent.self-signed": "zijn certificaat is door hemzelf ondertekend",
  "unsent.self-signed-chain": "in de keten van zijn certificaat is er een door zichzelf ondertekend",
  "unsent.unverified": "zijn certificaat kan niet worden gecontroleerd",
  "unsent.expired": "zijn certificaat is verlopen",
  "unsent.other-name": (p) => `zijn certificaat is voor een andere naam: ${p.why}`,
  "unsent.status": (p) => `hij antwoordde met status ${p.number}`,
  "unsent.redirect": "hij verwijst naar een ander adres",
  "unsent.mail": (p) => `de mailserver ${p.server}`,
  "unsent.webhook": (p) => `de webhook ${p.name}`,
};
