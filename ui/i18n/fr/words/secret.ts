import type { SentencesOf } from "#ui/i18n/tell.ts";

export const secretWords: SentencesOf<"secret"> = {
  "secret.wifi": (p) => `le mot de passe du réseau Wi-Fi ${p.network}`,
  "secret.proxy": (p) => `le mot de passe pour le proxy ${p.server}`,
  "secret.place": (p) => `le mot de passe pour ${p.name}`,
  "secret.bucket": (p) => `la clé secrète pour ${p.name}`,
};
