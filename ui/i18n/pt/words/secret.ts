import type { SentencesOf } from "#ui/i18n/tell.ts";

export const secretWords: SentencesOf<"secret"> = {
  "secret.wifi": (p) => `a senha da rede Wi-Fi ${p.network}`,
  "secret.proxy": (p) => `a senha para o proxy ${p.server}`,
  "secret.place": (p) => `a senha para ${p.name}`,
  "secret.bucket": (p) => `a chave secreta para ${p.name}`,
};
