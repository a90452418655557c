import type { SentencesOf } from "#ui/i18n/tell.ts";

export const secretWords: SentencesOf<"secret"> = {
  "secret.wifi": (p) => `пароль сети Wi-Fi ${p.network}`,
  "secret.proxy": (p) => `пароль для прокси ${p.server}`,
  "secret.place": (p) => `пароль для ${p.name}`,
  "secret.bucket": (p) => `секретный ключ для ${p.name}`,
};
