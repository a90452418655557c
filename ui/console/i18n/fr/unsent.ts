import type { UnsentWords } from "#pxe/console/contract.ts";

/** Why a mail server or a webhook did not take a message. */
export const unsent: UnsentWords = {
  "unsent.refused": (p) => `à l’adresse ${p.at}, personne n’accepte de connexions`,
  "unsent.no-way": (p) => `aucun chemin ne mène à ${p.at}`,
  "unsent.no-network": (p) => `le réseau de ${p.at} est hors d’atteinte`,
  "unsent.unknown-name": (p) => `le nom ${p.name} n’existe pas`,
  "unsent.no-names": (p) => `le nom ${p.name} ne peut pas être résolu en ce moment`,
  "unsent.no-answer": "la connexion ne s’établit pas",
  "unsent.silent": "il ne s’annonce pas",
  "unsent.too-long": "c’était trop long",
  "unsent.login": (p) => `l’identification a été refusée : ${p.answer}`,
  "unsent.self-signed": "son certificat est signé par lui-même",
  "unsent.self-signed-chain": "la chaîne de son certificat en contient un signé par lui-même",
  "unsent.unverified": "son certificat ne peut pas être vérifié",
  "unsent.expired": "son certificat a expiré",
  "unsent.other-name": (p) => `son certificat est pour un autre nom : ${p.why}`,
  "unsent.status": (p) => `il a répondu avec le statut ${p.number}`,
  "unsent.redirect": "il renvoie à une autre adresse",
  "unsent.mail": (p) => `le serveur de courrier ${p.server}`,
  "unsent.webhook": (p) => `le webhook ${p.name}`,
};
