import type { UnsentWords } from "#pxe/console/contract.ts";

/** Why a mail server or a webhook did not take a message. */
export const unsent: UnsentWords = {
  "unsent.refused": (p) => `по адресу ${p.at} соединений не принимают`,
  "unsent.no-way": (p) => `до ${p.at} нет пути`,
  "unsent.no-network": (p) => `сеть адреса ${p.at} недоступна`,
  "unsent.unknown-name": (p) => `имени ${p.name} не существует`,
  "unsent.no-names": (p) => `имя ${p.name} сейчас не удаётся найти`,
  "unsent.no-answer": "соединение не устанавливается",
  "unsent.silent": "он не отзывается",
  "unsent.too-long": "это длилось слишком долго",
  "unsent.login": (p) => `вход отклонён: ${p.answer}`,
  "unsent.self-signed": "его сертификат подписан им самим",
  "unsent.self-signed-chain": "в цепочке его сертификата есть самоподписанный",
  "unsent.unverified": "его сертификат не удаётся проверить",
  "unsent.expired": "срок его сертификата истёк",
  "unsent.other-name": (p) => `его сертификат выдан на другое имя: ${p.why}`,
  "unsent.status": (p) => `он ответил с кодом ${p.number}`,
  "unsent.redirect": "он отсылает на другой адрес",
  "unsent.mail": (p) => `почтовый сервер ${p.server}`,
  "unsent.webhook": (p) => `веб-хук ${p.name}`,
};
