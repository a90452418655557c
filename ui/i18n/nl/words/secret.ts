import type { SentencesOf } from "#ui/i18n/tell.ts";

export const secretWords: SentencesOf<"secret"> = {
  "secret.wifi": (p) => `het wachtwoord van het Wi-Fi-netwerk ${p.network}`,
  "secret.proxy": (p) => `het wachtwoord voor de proxy ${p.server}`,
  "secret.place": (p) => `het wachtwoord voor ${p.name}`,
  "secret.bucket": (p) => `de geheime sleutel voor ${p.name}`,
};
