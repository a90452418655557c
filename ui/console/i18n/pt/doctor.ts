import type { DoctorWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { plural } from "#ui/i18n/pt/plural.ts";

const { bytes, dateTime, list } = createFormat(ptLocale);

export const doctor: DoctorWords = {
  "seen.SERVER_NOT_RUNNING": (p) =>
    `O último sinal de vida do servidor ${p.address} foi em ${dateTime(new Date(p.at).toISOString())}.`,
  "seen.SERVER_NOT_RUNNING-never": "Nenhum servidor funcionou ainda com estes computadores.",
  "means.SERVER_NOT_RUNNING": "Ninguém responde aos computadores que iniciam.",
  "do.SERVER_NOT_RUNNING":
    "Inicie-o: `lifeboat pxe serve`. Se ele usa outro arquivo ou banco de dados, indique-o com `--machines`.",

  "seen.PORT_TAKEN": (p) => `Outro programa ocupa uma porta de que o início pela rede precisa: ${list(p.ports)}.`,
  "port.taken": (p) => `porta ${p.port} por ${p.owner}`,
  "means.PORT_TAKEN":
    "`pxe serve` não pode iniciar ao lado dele, e o que os computadores perguntam a esse programa ele responde à sua maneira.",
  "do.PORT_TAKEN": "Pare esse programa, ou sirva a partir de outro computador.",

  "seen.ADDRESS_GONE": (p) =>
    `A placa de rede ${p.interface} sumiu, ou nenhuma interface tem mais o seu endereço ${p.address}.`,
  "means.ADDRESS_GONE": "Nesta placa de rede nada é oferecido; as outras do servidor continuam.",
  "do.ADDRESS_GONE":
    "Devolva-lhe o endereço (a um servidor convém um fixo): alguns segundos depois ela volta a ser atendida sozinha.",

  "seen.SERVICE_SILENT": (p) =>
    `O servidor ${p.service} não respondeu em ${p.address} porta ${p.port}, perguntado do próprio servidor: ${p.reason}.`,
  "means.SERVICE_SILENT": "Um firewall descarta até aqui, ou o servidor está travado.",
  "do.SERVICE_SILENT": "Veja abaixo as regras do firewall, se houver; inicie `pxe serve` de novo.",

  "seen.FIREWALL": (p) =>
    `O firewall do servidor descarta o que chega em ${p.device} para ${p.protocol} porta ${p.port}: ${p.where}.`,
  "seen.FIREWALL-maybe": (p) =>
    `O firewall do servidor talvez descarte o que chega em ${p.device} para ${p.protocol} porta ${p.port}: ${p.where}.`,
  "means.FIREWALL": "Os computadores que iniciam não são ouvidos.",
  "do.FIREWALL": (p) =>
    `Deixe entrar: \`nft insert rule ...\` ou, com firewalld ou ufw, ${p.protocol} porta ${p.port} em ${p.device}. \`nft -a list ruleset\` mostra a regra.`,

  "seen.NOTHING_HEARD": "Nunca se ouviu nada deste computador.",
  "seen.NOTHING_HEARD-of": (p) => `Nunca se ouviu nada de ${p.name}.`,
  "means.NOTHING_HEARD": "As perguntas dele não chegam a este servidor, ou ele não faz nenhuma.",
  "do.NOTHING_HEARD":
    "Verifique o cabo e a porta do switch (VLAN, port security, spanning tree sem port fast), se o início pela rede está ligado no firmware e antes do disco, e se um roteador no caminho repassa DHCP a este servidor.",

  "seen.NO_BOOT_OPTION": (p) =>
    plural(p.count, {
      one: "Pediu # vez um endereço, sem a opção 60 (PXEClient ou HTTPClient).",
      many: "Pediu # de vezes um endereço, sem a opção 60 (PXEClient ou HTTPClient).",
      other: "Pediu # vezes um endereço, sem a opção 60 (PXEClient ou HTTPClient).",
    }),
  "means.NO_BOOT_OPTION":
    "É um sistema instalado, ou um firmware com o início pela rede desligado: não pergunta o que iniciar.",
  "do.NO_BOOT_OPTION":
    "Ligue o início pela rede (PXE, UEFI network stack) no firmware, antes do disco. Se um relay ou switch altera mensagens DHCP, deixe passar a opção 60.",

  "seen.no-offer": (p) => `Perguntou o que iniciar, e nenhum arquivo lhe foi indicado: ${p.reason}.`,
  "seen.no-offer-kind": (p) => `Perguntou o que iniciar (${p.kind}), e nenhum arquivo lhe foi indicado: ${p.reason}.`,
  "means.UNKNOWN_ARCHITECTURE": "O processador ou o firmware dele é de um tipo que aqui não se conhece.",
  "do.UNKNOWN_ARCHITECTURE":
    "`lifeboat pxe machines show` mostra o número que ele enviou (RFC 4578, opção 93). Inicie-o de outra forma, como em modo BIOS ou de um pendrive.",
  "means.NO_FILE_FOR_ARCHITECTURE": "A pasta oferecida não tem um carregador para o tipo de firmware dele.",
  "do.NO_FILE_FOR_ARCHITECTURE":
    "Ponha um lá (o nome está em docs/pxe.md), ou mude o firmware para um tipo que a pasta tenha. `media pxe` faz arquivos para BIOS e UEFI x64.",
  "means.NO_FILE": "A resposta não o teria alcançado.",
  "do.NO_FILE": "Veja as linhas do servidor.",
  "means.NOT_APPROVED": "O servidor só dá arquivos de início a computadores aprovados, e este ninguém aprovou.",
  "means.REFUSED": "Alguém recusou este computador.",
  "means.STARTS_FROM_DISK": "Ele não deve iniciar pela rede: assim foi ajustado, ou a tarefa dele terminou.",

  "seen.no-address": (p) => `Não recebeu endereço: ${p.reason}.`,
  "seen.no-address-relay": (p) => `Não recebeu endereço: ${p.reason} (${p.relay}).`,
  "means.RELAY_UNKNOWN":
    "Um relay repassa as perguntas dele, com um endereço próprio que não está em nenhuma das redes deste servidor.",
  "do.RELAY_UNKNOWN":
    "Acrescente essa rede ao arquivo de `--dhcp-file`, ou corrija o relay: o endereço dele (giaddr) deve ser o da interface voltada aos computadores.",
  "means.NO_ADDRESS": "Sem endereço ele não carrega nada.",
  "do.NO_ADDRESS":
    "Aumente a faixa ou encurte o tempo das concessões; dois computadores com um só endereço devem ser distinguidos. `lifeboat pxe machines show` sem computador mostra o que o servidor encontrou.",

  "seen.OTHER_DHCP_SERVER": (p) => `Outro servidor DHCP responde nesta rede: ${list(p.servers)}.`,
  "means.OTHER_DHCP_SERVER":
    "Os computadores ficam com a resposta que chega primeiro: endereços de dois tipos, e arquivos daquele servidor ou nenhum.",
  "do.OTHER_DHCP_SERVER":
    "Desligue um dos dois. Ao lado de um servidor DHCP que fica, use `pxe serve` sem `--dhcp`: então ele só indica arquivos.",

  "seen.OFFER_NOT_TAKEN": (p) =>
    plural(p.count, {
      one: "Perguntou, soube # vez o que carregar, e depois não pediu nenhum arquivo.",
      many: "Perguntou, soube # de vezes o que carregar, e depois não pediu nenhum arquivo.",
      other: "Perguntou, soube # vezes o que carregar, e depois não pediu nenhum arquivo.",
    }),
  "means.OFFER_NOT_TAKEN":
    "A resposta não o alcança, o firmware dele não aceita a de um segundo servidor (proxyDHCP), ele ficou com a de outro, ou o pedido do arquivo não chega a este servidor (porta UDP 69, porta TCP 80).",
  "do.OFFER_NOT_TAKEN":
    "Procure um firewall ou switch que descarte respostas DHCP (DHCP snooping: confie na porta deste servidor). Tente `--no-dhcp` com as linhas de `lifeboat pxe snippets` no seu servidor DHCP.",

  "seen.FILE_MISSING": (p) => `Por último pediu ${p.file}, e não recebeu: ${p.reason}.`,
  "means.FILE_MISSING":
    "Falta na pasta oferecida um arquivo de que o carregador precisa, ou ele tem lá outro nome; ou o computador não pode recebê-lo.",
  "do.FILE_MISSING":
    "Refaça a pasta com `lifeboat media pxe`, ou corrija o nome no servidor DHCP ou na configuração do carregador.",

  "seen.TRANSFER_BROKEN": (p) => `${p.file} parou depois de ${bytes(p.loaded)}: ${p.how}.`,
  "seen.TRANSFER_BROKEN-size": (p) => `${p.file} parou depois de ${bytes(p.loaded)} de ${bytes(p.size)}: ${p.how}.`,
  "means.TRANSFER_BROKEN":
    "Pacotes se perdem no caminho, o computador foi desligado, ou o carregador não tem espaço para o arquivo.",
  "do.TRANSFER_BROKEN":
    "Tente outro cabo e outra porta do switch; procure uma MTU errada ou um firewall que não conhece TFTP (as respostas vêm de outra porta que não a 69). Por HTTP as perdas prejudicam menos.",

  "seen.SECURE_BOOT": (p) => `Carregou ${p.file} inteiro e não pediu mais nada.`,
  "seen.SECURE_BOOT-on": (p) => `Carregou ${p.file} inteiro e não pediu mais nada. O Secure Boot dele está ligado.`,
  "means.SECURE_BOOT":
    "shim ou o firmware não confia neste arquivo: a assinatura falta, não é confiável ou foi revogada (SBAT, dbx).",
  "means.SECURE_BOOT-shim":
    "O firmware não confia neste arquivo (Secure Boot), ou shim não conseguiu carregar GRUB do mesmo lugar.",
  "means.SECURE_BOOT-ipxe": "iPXE não é assinado: um firmware com Secure Boot ligado não o inicia.",
  "do.SECURE_BOOT":
    "Refaça a pasta com `lifeboat media pxe`, para que shim, GRUB e kernel combinem; ligue a “third party UEFI CA” no firmware (muitos computadores de empresa a têm desligada); ou desligue o Secure Boot e veja se ele inicia.",
  "do.SECURE_BOOT-ipxe":
    "Ofereça em vez disso bootx64.efi (o shim assinado do Debian, como `media pxe` o faz), ou desligue o Secure Boot.",

  "seen.KERNEL_NOT_ASKED": (p) => `Carregou ${p.file} inteiro e nunca pediu um kernel.`,
  "seen.KERNEL_NOT_ASKED-runs": (p) => `Carregou ${p.file} inteiro, seguiu com ele e nunca pediu um kernel.`,
  "seen.KERNEL_NOT_ASKED-menu": (p) => `Escolheu ${p.title} no menu e nunca pediu o kernel dele.`,
  "means.KERNEL_NOT_ASKED": "O carregador não funciona, ou não tem rede própria.",
  "means.KERNEL_NOT_ASKED-runs":
    "O carregador funciona: espera no menu, ou não encontra o que a configuração dele nomeia.",
  "means.KERNEL_NOT_ASKED-menu": "O carregador parou: diz por quê na tela do computador.",
  "do.KERNEL_NOT_ASKED":
    "Olhe a tela do computador. Compare o endereço na configuração do carregador (`media pxe --url`) com o deste servidor; se iPXE não conhece a placa de rede, que use o driver do firmware (snponly.efi, undionly.kpxe).",
  "do.KERNEL_NOT_ASKED-menu": "Olhe a tela do computador.",

  "seen.WAITS_AT_MENU": (p) => `Mostra o menu ${p.title}, e nada foi escolhido.`,
  "means.WAITS_AT_MENU": "Espera alguém no teclado: o menu não tem prazo, ou alguém o parou.",
  "do.WAITS_AT_MENU": "Escolha no computador, ou dê ao menu um `timeout` e um `default` no arquivo de `--menu`.",
  "seen.menu-refused": (p) => `Escolheu ${p.title} no menu e foi recusado: ${p.reason}.`,
  "means.MENU_REFUSED": "A entrada pede nome e senha, e não recebeu os de nenhum dos seus usuários.",
  "do.MENU_REFUSED":
    "Tente de novo: depois de alguns erros é preciso esperar, até cinco minutos. `lifeboat pxe password` faz o que representa uma senha nova no arquivo de `--menu`.",

  "seen.RESCUE_NOT_UP": "Carregou o kernel e o initramfs, e depois mais nada.",
  "seen.RESCUE_NOT_UP-kernel": "Carregou o kernel, nenhum initramfs, e depois mais nada.",
  "means.RESCUE_NOT_UP":
    "O kernel não funciona neste computador, não tem driver para a placa de rede, ou não recebeu endereço pela segunda vez. (Um sistema que não é do Lifeboat talvez funcione: ele não diz nada.)",
  "means.RESCUE_NOT_UP-kernel": "O carregador parou antes de o initramfs chegar.",
  "do.RESCUE_NOT_UP":
    "Olhe a tela do computador. Uma placa que precisa de firmware quer um conjunto sem `--no-firmware`; um spanning tree que fecha uma porta por 30 segundos quer port fast.",

  "seen.TOO_LITTLE_MEMORY": (p) => `Tem ${bytes(p.memory)} de memória, e o sistema de resgate não subiu.`,
  "means.TOO_LITTLE_MEMORY": (p) =>
    `Tudo o que se carrega da rede fica na memória: são precisos ao menos ${bytes(p.least)}, 2 GiB para a tela.`,
  "do.TOO_LITTLE_MEMORY": "Inicie-o de um pendrive, que precisa de menos, ou acrescente memória.",
  "means.TOO_LITTLE_MEMORY-menu":
    "O que inicia pela rede fica na memória, e ela não basta para isso; nada foi carregado.",
  "do.TOO_LITTLE_MEMORY-menu":
    "Inicie-o de um pendrive, que precisa de menos, acrescente memória, ou corrija `memory` desta entrada no arquivo de `--menu`.",

  "seen.machine-says": (p) => `O computador diz: ${p.text} (${p.code}).`,
  "means.MACHINE_PROBLEM": "O sistema de resgate encontrou isto no próprio computador.",
  "do.MACHINE_PROBLEM": "A tela ou a linha serial dele diz mais. docs/errors.md lista os códigos.",
};
