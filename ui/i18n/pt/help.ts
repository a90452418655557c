import type { help as en } from "#ui/i18n/en/help.ts";

export const help: typeof en = {
  "help.title": "Ajuda",
  "help.lead": "O que fazer em cada caso e o que significam as palavras. Nada aqui altera seja o que for.",
  "help.how": "Como posso …",
  "help.how-restore": "… recuperar um computador a partir de uma imagem?",
  "help.so-restore":
    "Escolha «Restaurar»: primeiro a imagem, depois o disco. Antes de se escrever alguma coisa vê tudo o que se perde e confirma.",
  "help.how-smaller": "… passar para um disco mais pequeno ou maior?",
  "help.so-smaller":
    "Escolha «Clonar», ou «Restaurar» se tiver uma imagem. Na página «Disposição» as partições podem encolher ou usar o disco todo.",
  "help.how-file": "… tirar ficheiros soltos de uma imagem?",
  "help.so-file":
    "Escolha «Imagens», abra a imagem e veja o que contém. Ficheiros e pastas podem ser descarregados ou copiados para outro disco.",
  "help.how-start": "… reparar um computador que não arranca?",
  "help.so-start":
    "Escolha «Inicialização». Mostra o que arranca o disco, o que está errado e o que uma reparação mudaria. Os ficheiros alterados são guardados.",
  "help.how-power": "… continuar depois de uma falha de energia?",
  "help.so-power":
    "Inicie de novo este sistema. Um restauro recomeça, e o que já está no disco não é escrito duas vezes. Uma alteração de partições termina-se na página «Partições».",
  "help.how-look": "… saber que nada se perde por experimentar?",
  "help.so-look":
    "As páginas só veem até ser mostrado um plano e o iniciar. Cada plano diz em que disco escreve e o que lá se perde.",
  "help.keys": "Teclado",
  "help.keys-text":
    "Tab e Shift+Tab vão de campo em campo, as setas escolhem dentro de um, a barra de espaço marca uma caixa, Enter prime um botão. Escape fecha o que está aberto. F1 mostra esta página.",
  "help.words": "Palavras",
  "help.word-image": "Imagem",
  "help.means-image": "O que estava num disco num dado momento, num ficheiro: partições, ficheiros e o que os arranca.",
  "help.word-capture": "Capturar",
  "help.means-capture": "Fazer uma imagem de um disco. O disco só é lido.",
  "help.word-repository": "Repositório",
  "help.means-repository": "Uma pasta com imagens de muitos computadores e datas, onde o que é igual fica uma só vez.",
  "help.word-clone": "Clonar",
  "help.means-clone": "Copiar um disco para outro, sem uma imagem pelo meio.",
  "help.word-partition": "Partição",
  "help.means-partition": "Uma parte de um disco com o seu próprio sistema de ficheiros, como a unidade C: do Windows.",
  "help.word-table": "Tabela de partições",
  "help.means-table": "A lista das partições no início de um disco: MBR em computadores antigos, GPT nos novos.",
  "help.word-esp": "Partição de sistema EFI",
  "help.means-esp": "A pequena partição a partir da qual os computadores novos arrancam.",
  "help.word-firmware": "BIOS, UEFI",
  "help.means-firmware": "O programa dentro do computador que corre primeiro e arranca o sistema a partir de um disco.",
  "help.word-secure-boot": "Secure Boot",
  "help.means-secure-boot": "O UEFI só arranca o que está assinado por alguém em quem confia.",
  "help.word-universal": "Outro hardware",
  "help.means-universal":
    "Um sistema de um computador recebe os controladores e ficheiros de arranque de que outro precisa.",
  "help.word-identity": "Identidade",
  "help.means-identity":
    "Aquilo por que os outros conhecem um computador: nome, identificadores, chaves. Uma cópia que corre ao lado do original precisa de outra.",
  "help.word-verify": "Verificar",
  "help.means-verify": "Ler tudo de novo e comparar com as somas de controlo.",
  "help.word-encryption": "Palavra-passe e chave de recuperação",
  "help.means-encryption":
    "Uma imagem cifrada abre-se com uma palavra-passe, ou com a chave de recuperação mostrada quando foi feita. Sem uma delas ninguém a pode ler.",
  "help.word-pairing": "Código de emparelhamento",
  "help.means-pairing":
    "O código neste ecrã com que um navegador de outro computador, ou outro sistema de resgate, se pode ligar.",
  "help.word-undo": "Arquivo para desfazer",
  "help.means-undo":
    "O que estava nos lugares onde um restauro escreve primeiro. Com ele podem encontrar-se as partições antigas.",
  "help.back": "Voltar onde estava",
};
