import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, duration, number, rate } = createFormat(ptLocale);

/** Of what goes on by itself, and what has come of it. */
export const goesWords: SentencesOf<"goes"> = {
  "goes.copy": "capturando",
  "goes.export": "exportando",
  "goes.close": "terminando a imagem",
  "goes.save": "guardando as tabelas e os superblocos antigos",
  "goes.clear": "limpando o destino",
  "goes.undo": "gravando de volta o que foi guardado",
  "goes.write": "gravando",
  "goes.boot-areas": "gravando as áreas de inicialização",
  "goes.edit": "alterando partições",
  "goes.fit": "ajustando os sistemas de arquivos ao novo tamanho",
  "goes.table": "gravando a tabela de partições",
  "goes.mend": "preparando os sistemas para iniciar",
  "goes.prepare": "criando as partições",
  "goes.switch": "passando para o novo sistema",
  "goes.verify": "verificando",
  "goes.read-back": "lendo de volta",
  "goes.waits": (p) => `esperando há ${duration(p.lasts)}`,
  "goes.pass": (p) => `${p.number} de ${p.count}: ${p.doing}, ${bytes(p.doneSize)} de ${bytes(p.wholeSize)}`,
  "goes.in-all": (p) => `ao todo ${p.percent} %`,
  "goes.only": (p) => `${p.percent} %: ${p.doing}, ${bytes(p.doneSize)} de ${bytes(p.wholeSize)}`,
  "goes.at-rate": (p) => `${p.line}, ${rate(p.size)}`,
  "goes.time-left": (p) => `${p.line}, faltam ${duration(p.lasts)}`,
  "goes.too-tight": (p) => `${p.line}, falta espaço: ${bytes(p.size)}`,
  "goes.waiting": (p) => `Esperando: ${p.problem}`,
  "goes.waiting-next":
    "O trabalho continua sozinho assim que isso for resolvido. Se demorar demais, ele termina, e `lifeboat resume` o continua.",
  "goes.on": "O trabalho continua.",
  "goes.tight": (p) =>
    `A imagem precisará de mais cerca de ${bytes(p.wholeSize)}, e onde ela é gravada há ${bytes(p.size)} livres: libere espaço, ou ela terá de esperar.`,
  "goes.on-battery": (p) =>
    `este computador está funcionando com a bateria (${p.percent} %${p.minutes === 0 ? "" : `, cerca de ${p.minutes} min`}): conecte a fonte de alimentação`,
  "goes.battery-low": (p) =>
    `a bateria está quase vazia (${p.percent} %${p.minutes === 0 ? "" : `, cerca de ${p.minutes} min`}): conecte a fonte de alimentação agora`,
};

export const cameWords: SentencesOf<"came"> = {
  "came.restored": (p) => `“${p.image}” restaurada em ${p.disk}: ${bytes(p.size)} em ${duration(p.lasts)}`,
  "came.cloned": (p) => `“${p.image}” clonado em ${p.disk}: ${bytes(p.size)} em ${duration(p.lasts)}`,
  "came.unchanged": (p) => `${bytes(p.size)} (${number(p.number)} de ${number(p.count)} pedaços) já estavam certos.`,
  "came.undo": (p) => `O que havia antes: lifeboat undo ${p.file}`,
  "came.equals-image": "O destino foi lido de volta e é igual à imagem.",
  "came.equals-source": "O destino foi lido de volta e é igual à origem.",
  "came.unread": "O destino não foi lido de volta.",
  "came.captured": (p) => `${bytes(p.doneSize)} de ${bytes(p.wholeSize)} capturados em ${duration(p.lasts)}`,
  "came.image": (p) => `Imagem ${p.path}: ${bytes(p.size)}`,
  "came.intact": "A imagem foi lida de volta e está intacta.",
  "came.image-unread": "A imagem não foi lida de volta.",
};
