import type { UnsentWords } from "#pxe/console/contract.ts";

/** Why a mail server or a webhook did not take a message. */
export const unsent: UnsentWords = {
  "unsent.refused": (p) => `em ${p.at} ninguém aceita conexões`,
  "unsent.no-way": (p) => `não há caminho até ${p.at}`,
  "unsent.no-network": (p) => `a rede de ${p.at} está fora de alcance`,
  "unsent.unknown-name": (p) => `o nome ${p.name} não existe`,
  "unsent.no-names": (p) => `o nome ${p.name} não pode ser resolvido agora`,
  "unsent.no-answer": "a conexão não se estabelece",
  "unsent.silent": "ele não se apresenta",
  "unsent.too-long": "demorou demais",
  "unsent.login": (p) => `o login foi recusado: ${p.answer}`,
  "unsent.self-signed": "o certificado dele é assinado por ele mesmo",
  "unsent.self-signed-chain": "na cadeia do certificado dele há um autoassinado",
  "unsent.unverified": "o certificado dele não pode ser verificado",
  "unsent.expired": "o certificado dele expirou",
  "unsent.other-name": (p) => `o certificado dele é para outro nome: ${p.why}`,
  "unsent.status": (p) => `ele respondeu com o status ${p.number}`,
  "unsent.redirect": "ele remete a outro endereço",
  "unsent.mail": (p) => `o servidor de e-mail ${p.server}`,
  "unsent.webhook": (p) => `o webhook ${p.name}`,
};
