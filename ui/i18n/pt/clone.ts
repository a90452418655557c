import type { clone as en } from "#ui/i18n/en/clone.ts";

export const clone: typeof en = {
  "section.clone": "Clonar",
  "home.clone": "Clonar um disco",
  "home.clone-text": "Copiar um disco em outro, maior ou menor.",
  "step.source": "Origem",
  "clone.source-title": "Qual disco você quer clonar?",
  "clone.app.running": (p) => `Clonando, ${p.percent}`,
  "clone.app.ended": "A clonagem terminou",
  "clone.target.title": "Para qual disco você quer clonar?",
  "clone.target.lead": (p) => `${p.name} tem ${p.size}. Tudo no disco que você escolher será substituído.`,
  "clone.target.empty": "Conecte o disco para o qual você quer clonar e escolha “Procurar de novo”.",
  "clone.layout.what": "O que é clonado",
  "clone.layout.table-same": "Como na origem",
  "clone.layout.new-ids": "Manter os identificadores da origem",
  "clone.layout.new-ids-detail":
    "Raramente é preciso: sem isto, a cópia recebe identificadores próprios e os seus sistemas são ajustados a eles. Com isto, um computador confunde os dois discos enquanto ambos estão nele.",
  "clone.review.start-erase": (p) => `Apagar e clonar para ${p.name}`,
  "clone.review.start": (p) => `Clonar para ${p.name}`,
  "clone.progress.title": (p) => `Clonando ${p.image} para ${p.target}`,
  "clone.progress.bar": "Andamento de toda a clonagem",
  "clone.progress.image-away": "Aguardando: a origem foi removida ou não responde",
  "clone.progress.cancel-title": "Parar a clonagem?",
  "clone.progress.cancel-text":
    "O destino não vai iniciar, e o que havia nele se perdeu. A origem está inalterada: você pode recomeçar a clonagem a qualquer momento.",
  "clone.result.succeeded": "A clonagem foi concluída",
  "clone.result.failed": "A clonagem falhou",
  "clone.result.cancelled": "A clonagem foi parada",
  "clone.result.cancelled-safe":
    "O destino não vai iniciar: a tabela de partições não foi gravada. A origem está inalterada.",
  "clone.result.cancelled-next": "Recomece a clonagem ou escolha outro disco.",
  "clone.result.verified-yes": "Tudo foi lido de volta e é igual à origem",
  "clone.result.other-image": "Escolher outro disco",
  "clone.result.another": "Clonar outro",
};
