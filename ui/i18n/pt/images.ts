import type { images as en } from "#ui/i18n/en/images.ts";
import { plural } from "#ui/i18n/pt/plural.ts";

export const images: typeof en = {
  "image.title": "Qual imagem você quer restaurar?",
  "image.lead": "Estas imagens foram encontradas nos discos conectados a este computador.",
  "medium.old-title": (p) =>
    plural(p.days, {
      one: "Esta mídia de resgate tem # dia",
      many: "Esta mídia de resgate tem # de dias",
      other: "Esta mídia de resgate tem # dias",
    }),
  "medium.old":
    "Funciona, mas talvez não conheça computadores mais novos. Quando puder, crie ou atualize um pendrive em outro computador.",
  "image.rescan": "Procurar de novo",
  "image.rescanning": "Procurando…",
  "image.found": (p) =>
    plural(p.count, { one: "# imagem encontrada", many: "# de imagens encontradas", other: "# imagens encontradas" }),
  "image.empty-title": "Nenhuma imagem foi encontrada",
  "image.empty-1": "Conecte o pendrive ou o disco que contém a imagem.",
  "image.empty-2": "Espere a luz parar de piscar e escolha “Procurar de novo”.",
  "image.empty-3":
    "Uma imagem é um arquivo que termina em .lbi. Um arquivo .partial é uma captura interrompida, não uma imagem.",
  "image.missing": "Escolha primeiro uma imagem.",
  "image.list": "Imagens",
  "image.unreadable": "Este arquivo não pode ser restaurado",
  "image.made": (p) => `Criada em ${p.date} a partir de ${p.machine}`,
  "image.disk": (p) => `Disco de ${p.size}`,
  "image.files": (p) =>
    plural(p.count, {
      one: `Arquivo de ${p.size}`,
      many: `# de arquivos, ${p.size} no total`,
      other: `# arquivos, ${p.size} no total`,
    }),
  "image.locked": "Criptografada: a senha é necessária",
  "image.unknown-model": "um disco de modelo desconhecido",
  "image.details": "O que a imagem contém",
  "image.note": "Nota",
  "image.file": "Arquivo",
  "image.place": "Local",
  "image.volumes": "Partes",
  "image.volume-count": (p) => plural(p.count, { one: "# arquivo", many: "# de arquivos", other: "# arquivos" }),
  "image.protection": "Proteção",
  "image.unlocked": "Criptografada. Desbloqueada até este computador reiniciar.",
  "image.inside": (p) => `Dentro de ${p.part}`,
  "image.warnings": "Anotado na criação",
  "image.writer": (p) => `${p.program} ${p.version}`,
  "image.written-by": "Gravada por",
  "image.choose-to-see": "Escolha uma imagem para ver o que ela contém.",
  "unlock.help": (p) =>
    `“${p.name}” está criptografada. Digite a senha ou a chave de recuperação. Ambas ficam só na memória deste computador.`,
  "unlock.password": "Senha",
  "unlock.button": "Desbloquear",
  "unlock.busy": "Desbloqueando…",
  "unlock.missing": (p) => `Digite primeiro a senha de ${p.name}.`,
  "unlock.done": (p) => `${p.name} está desbloqueada`,
  "password.show": "Mostrar",
  "password.hide": "Ocultar",
  "password.caps-lock": "O Caps Lock está ativado.",
};
