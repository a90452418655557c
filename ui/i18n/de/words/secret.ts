import type { SentencesOf } from "#ui/i18n/tell.ts";

export const secretWords: SentencesOf<"secret"> = {
  "secret.wifi": (p) => `das Kennwort des WLANs ${p.network}`,
  "secret.proxy": (p) => `das Kennwort für den Proxy ${p.server}`,
  "secret.place": (p) => `das Kennwort für ${p.name}`,
  "secret.bucket": (p) => `der geheime Schlüssel für ${p.name}`,
};
