import type { SentencesOf } from "#ui/i18n/tell.ts";

export const secretWords: SentencesOf<"secret"> = {
  "secret.wifi": (p) => `la contraseña de la red Wi-Fi ${p.network}`,
  "secret.proxy": (p) => `la contraseña para el proxy ${p.server}`,
  "secret.place": (p) => `la contraseña para ${p.name}`,
  "secret.bucket": (p) => `la clave secreta para ${p.name}`,
};
