import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { plural } from "#ui/i18n/pt/plural.ts";

const NOTHING_WRITTEN = "Nada foi escrito.";
const { bytes } = createFormat(ptLocale);

export const errors: ErrorTexts = {
  SERVER_UNREACHABLE: {
    text: () => "O programa de resgate não responde.",
    safe: "Uma restauração em andamento continua sem esta página.",
    next: "Espere alguns segundos e tente de novo. Se continuar assim, reinicie o computador.",
  },
  JOB_LOST: {
    text: () => "O programa de resgate foi iniciado de novo, e a restauração em andamento terminou com ele.",
    safe: "A imagem não mudou. O destino não tem tabela de partições, então nenhum computador inicia por ele.",
    next: "Escolha a imagem e o destino de novo: a restauração começa então do início.",
  },
  PAGE_FAILED: {
    safe: "Uma restauração em andamento continua: esta página só a mostra.",
    next: "Recarregue a página. Se falhar de novo, veja o registro e informe o erro.",
  },
  IMAGE_UNLOCK_FAILED: {
    text: () => "Isso não abre esta imagem",
    next: "Confira maiúsculas e minúsculas e o layout do teclado: “Mostrar” deixa ver o que foi digitado. Outra senha da imagem ou a chave de recuperação também a abre.",
  },
  IMAGE_LOCKED: {
    text: () => "A imagem está criptografada e a senha ainda não foi dada.",
    next: "Escolha a imagem e digite a senha.",
  },
  TARGET_TOO_SMALL: {
    text: ({ have, need }) => `Ele tem ${bytes(Number(have))}, mas a imagem precisa de ${bytes(Number(need))}.`,
  },
  TARGET_HOLDS_IMAGE: { text: () => "Ele contém a própria imagem." },
  TARGET_IS_BOOT_MEDIUM: { text: () => "Este sistema de resgate foi iniciado por ele." },
  TARGET_READ_ONLY: { text: () => "Ele é somente leitura." },
  WRITE_FAILED: { next: "Confira o cabo e o estado do disco e escolha “Tentar de novo”." },
  CHUNK_DAMAGED: {
    text: ({ file, region, offset, problem }) =>
      `${file}: uma parte de ${region}, no byte ${offset} do arquivo, está danificada: ${problem}`,
    next: "Escolha outra cópia da imagem.",
  },
  RESTORE_SALVAGED: { text: ({ file }) => `${file} está danificado. Tudo o que está intacto nele foi restaurado.` },
  TARGET_VERIFY_FAILED: {
    text: ({ device, damaged, region, offset }) =>
      plural(Number(damaged), {
        one: `${device}: # parte é lida de volta diferente do que foi gravado, em ${region}, byte ${offset}`,
        many: `${device}: # de partes são lidas de volta diferentes do que foi gravado, a primeira em ${region}, byte ${offset}`,
        other: `${device}: # partes são lidas de volta diferentes do que foi gravado, a primeira em ${region}, byte ${offset}`,
      }),
  },
  TOOL_FAILED: {
    text: ({ tool, status }) => `Uma parte do sistema de resgate não funcionou: ${tool} terminou com status ${status}.`,
    safe: "O que foi pedido não foi concluído.",
    next: "Tente mais uma vez. Se falhar de novo, desconecte os pendrives e discos de que não precisa e procure de novo. O registro tem os detalhes para quem puder ajudar.",
  },
  INTERNAL: {
    text: ({ problem }) => `Uma parte do sistema de resgate não funcionou: ${problem}`,
    next: "Tente mais uma vez. Se falhar de novo, desconecte os pendrives e discos de que não precisa e procure de novo. É um erro do Lifeboat: o registro tem o que é preciso para informá-lo.",
  },
  IMAGE_DAMAGED: { next: "Escolha outra cópia da imagem." },
  IMAGE_VERIFY_FAILED: { next: "Escolha outra cópia da imagem." },
  CANCELLED: { next: "Comece a restauração de novo ou escolha outra imagem." },
  PLAN_STALE: { text: () => "Os discos ou a imagem mudaram desde que o plano foi feito." },
  TARGET_IS_SOURCE: { text: () => "É a origem." },
  TARGET_IN_USE: {
    text: ({ by }) => `Está a ser usado: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "Espere que acabe o que o usa, ou desmonte-o. Depois escolha-o de novo.",
  },
  SOURCE_IN_USE: {
    text: ({ source, by }) => `Algo está gravando em ${source}: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "A imagem de um disco que muda não seria coerente. Termine o que escreve nele e tente de novo.",
  },
  JOB_BUSY: {
    text: ({ device }) => `Outra tarefa está gravando em ${device}.`,
    safe: NOTHING_WRITTEN,
    next: "Espere que essa tarefa acabe, ou pare-a.",
  },
  FILE_EXISTS: {
    text: ({ file }) => `${file} já existe.`,
    safe: NOTHING_WRITTEN,
    next: "Escolha outro nome: o que existe nunca é substituído.",
  },
  LAYOUT_INVALID: {
    text: ({ problem }) => `Esta disposição não é possível: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Altere o que foi indicado ou escolha outra disposição.",
  },
  LAYOUT_TOO_SMALL: {
    text: ({ have, need }) => `Tem ${bytes(Number(have))}, mas as partições precisam de ${bytes(Number(need))}.`,
    safe: NOTHING_WRITTEN,
    next: "Escolha um disco maior, deixe as partições encolher ou deixe algumas de fora.",
  },
  TABLE_DAMAGED: {
    text: ({ device, table, problem }) => `${device}: a tabela de partições (${table}) está danificada: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Repare a tabela com uma ferramenta para isso, ou guarde o disco com “Todos os setores, usados ou não”.",
  },
  EDIT_INVALID: {
    text: ({ problem }) => `Isto não é possível: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Retire-a da lista, ou altere-a.",
  },
  SPACE_EXHAUSTED: {
    text: ({ file }) => `Já não há espaço para ${file}.`,
    safe: "Ainda não há imagem; o que foi capturado até agora fica guardado. O disco está inalterado.",
    next: "Liberte espaço, ou escolha outro lugar. Depois comece de novo.",
  },
  WINDOWS_HIBERNATED: {
    text: () => "O Windows que contém foi hibernado e não encerrado.",
    safe: NOTHING_WRITTEN,
    next: "Inicie o Windows mais uma vez e encerre-o por completo. Ou aceite descartar a sessão hibernada: perde-se o que estava aberto sem salvar, os arquivos não.",
  },
  MOVE_UNFINISHED: {
    text: ({ number, device }) => `Uma alteração da partição ${number} de ${device} foi interrompida.`,
    safe: "Toda a partição está no disco, mas ainda nem tudo no seu lugar.",
    next: "Abra «Partições» e termine-a. Antes disso não altere mais nada neste disco.",
  },
  SECRET_MISSING: {
    text: ({ what }) => `É preciso, e ainda não se conhece: ${what}`,
    safe: "Nada foi enviado a ninguém.",
    next: "Digite-a em “Senhas que faltam”.",
  },
  SHARE_NO_ANSWER: {
    text: ({ server, port }) => `${server} não responde na porta ${port}.`,
    safe: "Nada foi ligado.",
    next: "Verifique se o servidor está ligado, se este computador tem um endereço na rede e se não há uma firewall entre os dois.",
  },
  SHARE_NAME_UNKNOWN: {
    text: ({ server }) => `Não se conhece nenhum endereço de ${server}.`,
    safe: "Nada foi ligado.",
    next: "Verifique o nome, ou escreva em seu lugar o endereço do servidor.",
  },
  SHARE_DENIED: {
    text: ({ server, user }) => `${server} recusa o usuário ${user}.`,
    safe: "Nada foi ligado.",
    next: "Verifique usuário, senha e domínio: maiúsculas e minúsculas, e a disposição do teclado.",
  },
  SHARE_READ_ONLY: {
    text: ({ server }) => `Nada pode ser escrito em ${server}.`,
    safe: "As imagens nele podem ser lidas e restauradas.",
    next: "Dê ao usuário o direito de gravar, ou marque o compartilhamento como só de leitura.",
  },
  BUCKET_NOT_FOUND: {
    text: ({ bucket, endpoint }) => `${endpoint} não tem nenhum bucket ${bucket}.`,
    safe: "Nada foi conectado.",
    next: "Verifique os nomes do bucket e do servidor, ou crie o bucket lá.",
  },
  BUCKET_DENIED: {
    text: ({ bucket, endpoint }) => `${endpoint} não deixa esta chave de acesso entrar no bucket ${bucket}.`,
    safe: "Nada foi conectado.",
    next: "Verifique a chave de acesso e a chave secreta: maiúsculas e minúsculas, e o layout do teclado. A chave precisa dos direitos de listar, ler, gravar e excluir.",
  },
  BUCKET_CLOCK_WRONG: {
    text: ({ endpoint }) => `${endpoint} recusa este computador porque o relógio dele está errado.`,
    safe: "Nada foi conectado.",
    next: "Acerte a hora nesta página e conecte de novo.",
  },
  BUCKET_UNREACHABLE: {
    text: ({ endpoint }) => `${endpoint} não responde.`,
    safe: "Nada foi conectado.",
    next: "Verifique o endereço, se este computador tem um endereço na rede e se o servidor está ligado.",
  },
  BUCKET_FAILED: {
    text: ({ bucket, endpoint, reason }) => `${endpoint}, bucket ${bucket}: ${reason}`,
    safe: "Nada foi conectado.",
    next: "Verifique a região. O registro do próprio servidor pode dizer mais.",
  },
  SHARE_HOST_KEY_UNKNOWN: {
    text: ({ server, fingerprint }) => `${server} mostra uma chave que ainda ninguém confirmou: ${fingerprint}`,
    safe: "Nenhuma senha foi enviada a ele.",
    next: "Compare-a com a que o próprio servidor mostra e depois aceite-a.",
  },
  VOLUME_NOT_SHOWN: {
    text: ({ volume, reason }) => `Os arquivos de ${volume} não podem ser mostrados: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Abra outro volume da imagem. Para ter este como está, restaure-o em um disco.",
  },
  PROOF_NO_MEMORY: {
    text: ({ wanted, own, available }) =>
      `Há pouca memória para iniciá-lo: são precisos ${wanted} MiB e ${own} MiB para a máquina virtual, e há ${available} MiB livres.`,
    safe: "O disco está inalterado.",
    next: "Tente num computador com mais memória.",
  },
  ORDER_REFUSED: {
    text: ({ server, reason }) => `Uma ordem de ${server} não é seguida: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Alguém nesta rede pode tê-la alterado. Se o servidor tem uma chave nova, crie o conjunto de inicialização de novo; senão, procure outro servidor nesta rede.",
  },
  SECTOR_SIZE_UNFIT: {
    text: ({ partition, sectorSize, target, reason }) =>
      `${partition} não pode ficar nos setores de ${sectorSize} bytes que ${target} tem: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Escolha um disco com setores do tamanho que a origem tinha, ou deixe esta partição de fora.",
  },
  RESIZE_UNDONE: {
    text: ({ number, device, reason }) => `A partição ${number} de ${device} mantém o tamanho: ${reason}`,
    safe: "A partição, o que ela contém e a tabela de partições estão como estavam.",
    next: "Faça o que o motivo pede. Um sistema de arquivos danificado é reparado antes com as próprias ferramentas.",
  },
};
