import type { SentencesOf } from "#ui/i18n/tell.ts";

export const secretWords: SentencesOf<"secret"> = {
  "secret.wifi": (p) => `das Passwort des WLANs ${p.network}`,
  "secret.proxy": (p) => `das Passwort für den Proxy ${p.server}`,
  "secret.place": (p) => `das Passwort für ${p.name}`,
  "secret.bucket": (p) => `der geheime Schlüssel für ${p.name}`,
};
