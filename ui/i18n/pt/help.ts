import type { help as en } from "#ui/i18n/en/help.ts";

export const help: typeof en = {
  "help.title": "Ajuda",
  "help.lead": "O que fazer em cada caso e o que significam as palavras. Nada aqui altera coisa alguma.",
  "help.how": "Como posso …",
  "help.how-restore": "… recuperar um computador a partir de uma imagem?",
  "help.so-restore":
    "Escolha «Restaurar»: primeiro a imagem, depois o disco. Antes que algo seja gravado, você vê tudo o que se perde e confirma.",
  "help.how-smaller": "… passar para um disco menor ou maior?",
  "help.so-smaller":
    "Escolha «Clonar», ou «Restaurar» se tiver uma imagem. Na página «Disposição» as partições podem encolher ou usar o disco inteiro.",
  "help.how-file": "… tirar arquivos avulsos de uma imagem?",
  "help.so-file":
    "Escolha «Imagens», abra a imagem e veja o que contém. Arquivos e pastas podem ser baixados ou copiados para outro disco.",
  "help.how-start": "… reparar um computador que não inicia?",
  "help.so-start":
    "Escolha «Inicialização». Mostra o que inicia o disco, o que está errado e o que um reparo mudaria. Os arquivos alterados são guardados.",
  "help.how-power": "… continuar depois de uma falha de energia?",
  "help.so-power":
    "Inicie este sistema de novo. Uma restauração recomeça, e o que já está no disco não é gravado duas vezes. Uma alteração de partições é concluída na página «Partições».",
  "help.how-look": "… saber que nada se perde por experimentar?",
  "help.so-look":
    "As páginas só olham até que um plano seja mostrado e você o inicie. Cada plano diz em que disco grava e o que se perde nele.",
  "help.keys": "Teclado",
  "help.keys-text":
    "Tab e Shift+Tab vão de campo em campo, as setas escolhem dentro de um, a barra de espaço marca uma caixa, Enter pressiona um botão. Escape fecha o que está aberto. F1 mostra esta página.",
  "help.words": "Palavras",
  "help.word-image": "Imagem",
  "help.means-image":
    "O que estava em um disco em um dado momento, em um arquivo: partições, arquivos e o que os inicia.",
  "help.word-capture": "Capturar",
  "help.means-capture": "Fazer uma imagem de um disco. O disco só é lido.",
  "help.word-repository": "Repositório",
  "help.means-repository": "Uma pasta com imagens de muitos computadores e datas, onde o que é igual fica uma só vez.",
  "help.word-clone": "Clonar",
  "help.means-clone": "Copiar um disco para outro, sem uma imagem no meio.",
  "help.word-partition": "Partição",
  "help.means-partition": "Uma parte de um disco com seu próprio sistema de arquivos, como a unidade C: do Windows.",
  "help.word-table": "Tabela de partições",
  "help.means-table": "A lista das partições no início de um disco: MBR em computadores antigos, GPT nos novos.",
  "help.word-esp": "Partição de sistema EFI",
  "help.means-esp": "A pequena partição pela qual os computadores novos iniciam.",
  "help.word-firmware": "BIOS, UEFI",
  "help.means-firmware": "O programa dentro do computador que roda primeiro e inicia o sistema de um disco.",
  "help.word-secure-boot": "Secure Boot",
  "help.means-secure-boot": "O UEFI só inicia o que está assinado por alguém em quem confia.",
  "help.word-universal": "Outro hardware",
  "help.means-universal":
    "Um sistema de um computador recebe os drivers e arquivos de inicialização de que outro precisa.",
  "help.word-identity": "Identidade",
  "help.means-identity":
    "Aquilo por que os outros conhecem um computador: nome, identificadores, chaves. Uma cópia que roda ao lado do original precisa de outra.",
  "help.word-verify": "Verificar",
  "help.means-verify": "Ler tudo de novo e comparar com as somas de verificação.",
  "help.word-encryption": "Senha e chave de recuperação",
  "help.means-encryption":
    "Uma imagem criptografada se abre com uma senha, ou com a chave de recuperação mostrada quando ela foi feita. Sem uma delas ninguém pode lê-la.",
  "help.word-pairing": "Código de pareamento",
  "help.means-pairing":
    "O código nesta tela com que um navegador de outro computador, ou outro sistema de resgate, pode se conectar.",
  "help.word-undo": "Arquivo para desfazer",
  "help.means-undo":
    "O que estava nos lugares onde uma restauração grava primeiro. Com ele é possível encontrar as partições antigas.",
  "help.back": "Voltar para onde você estava",
};
