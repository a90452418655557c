/**
 * Why a mail server or a webhook did not take a message, as the libraries word it: what they say is found by these words.
 * at: address and port.
 */
export const unsentReasons = {
  "unsent.refused": (p: { at: string }) => `connect ECONNREFUSED ${p.at}`,
  "unsent.no-way": (p: { at: string }) => `connect EHOSTUNREACH ${p.at}`,
  "unsent.no-network": (p: { at: string }) => `connect ENETUNREACH ${p.at}`,
  "unsent.unknown-name": (p: { name: string }) => `getaddrinfo ENOTFOUND ${p.name}`,
  "unsent.no-names": (p: { name: string }) => `getaddrinfo EAI_AGAIN ${p.name}`,
  "unsent.no-answer": "Connection timeout",
  "unsent.silent": "Greeting never received",
  "unsent.too-long": "The operation was aborted due to timeout",
  // answer: of the mail server
  "unsent.login": (p: { answer: string }) => `Invalid login: ${p.answer}`,
  "unsent.self-signed": "self-signed certificate",
  "unsent.self-signed-chain": "self-signed certificate in certificate chain",
  "unsent.unverified": "unable to verify the first certificate",
  "unsent.expired": "certificate has expired",
  "unsent.other-name": (p: { why: string }) => `Hostname/IP does not match certificate's altnames: ${p.why}`,
  "unsent.status": (p: { number: number }) => `it answered with status ${p.number}`,
  "unsent.redirect": "unexpected redirect",
};

/** Whom it was sent to, and that. */
export const unsentWords = {
  ...unsentReasons,
  "unsent.mail": (p: { server: string }) => `the mail server ${p.server}`,
  "unsent.webhook": (p: { name: string }) => `the webhook ${p.name}`,
};
