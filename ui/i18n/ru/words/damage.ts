import { createFormat } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(ruLocale);

export const damageWords: SentencesOf<"damage" | "damaged"> = {
  "damage.lost": "хранилище потеряло пакет с её данными",
  "damage.file-cut": (p) => `${p.path} обрывается`,
  "damage.cut": "она обрывается",
  "damage.length": "её длина не может быть верной",
  "damage.other": "её заголовок относится к другой части",
  "damage.content": "её содержимое не соответствует SHA-256",
  "damage.data": "её данные не соответствуют контрольной сумме",
  "damage.no-header": "её заголовок – не заголовок части",
  "damage.header": "её заголовок не соответствует контрольной сумме",
  "damage.expand": "её данные не распаковываются",
  "damage.plain": "она не зашифрована",
  "damage.sealed-header": "её заголовок говорит больше, чем может у зашифрованной части",
  "damage.seal": "она изменена или не относится к этому образу: метка подлинности не совпадает",
  "damaged.chunk": (p) =>
    `часть ${number(p.number)}, ${p.region}: ${number(p.count)} Б с байта ${number(p.start)} диска: ${p.problem}`,
};

/** Why a partition cannot live on sectors of another size. */
export const sectorWords: SentencesOf<"sector"> = {
  "sector.encrypted": "зашифрованное в нём может зависеть от размера секторов",
  "sector.filesystem": (p) => `неизвестно, может ли ${p.filesystem} лежать на секторах другого размера`,
  "sector.blocks": (p) => `блоки его ${p.filesystem} по ${number(p.number)} байт, а меньше секторов они быть не должны`,
  "sector.ntfs": (p) =>
    `Windows читает NTFS только на секторах того размера, для которого она создана: ${number(p.number)} байт`,
  "sector.exfat": "ни одна программа не создаёт exFAT заново со всем содержимым",
  "sector.inside": (p) => `${p.volume} в нём (${p.filesystem}) может зависеть от размера секторов`,
};
