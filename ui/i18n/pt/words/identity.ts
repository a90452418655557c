import type { SentencesOf } from "#ui/i18n/tell.ts";

export const identityWords: SentencesOf<"identity"> = {
  "identity.name": (p) =>
    `Chamar o computador de ${p.name}${p.old === "" ? "" : `, que era ${p.old}`}${p.isToo ? ": aqui também" : ""}`,
  "identity.no-name": (p) =>
    `“${p.name}” não é nome para um computador: letras, algarismos e hifens, no máximo 63, sem domínio`,
  "identity.machine-id": "Deixar o sistema dar a si mesmo um novo machine-id na próxima inicialização",
  "identity.dbus-link": "Fazer o D-Bus usar o machine-id do sistema, não a cópia que tinha guardado do antigo",
  "identity.dbus": "Deixar o D-Bus dar ao computador um novo identificador na próxima inicialização",
  "identity.entry-token": "Manter o nome pelo qual o menu de inicialização conhece os kernels deste sistema",
  "identity.ssh-key":
    "Remover uma chave de host SSH do computador de que este é cópia; os clientes dele serão avisados das novas",
  "identity.ssh-now": "Criar chaves de host SSH para este computador",
  "identity.ssh-once":
    "Fazer criar chaves de host SSH na próxima inicialização, uma vez: esta distribuição não faz isso sozinha",
  "identity.ssh-kept": "As chaves de host SSH continuam as do computador antigo: não há um ssh-keygen que crie outras",
  "identity.dropbear":
    "As chaves do servidor SSH no initramfs (dropbear) ficam: sem elas ninguém poderia desbloquear o disco a distância",
  "identity.leases":
    "Esquecer quem era o computador antigo para os servidores DHCP, ou ambos receberiam o mesmo endereço",
  "identity.dhcp-by-hand": (p) =>
    `${p.path} dá a este sistema à mão uma identidade para DHCP: a mesma nos dois computadores, se não for alterada`,
  "identity.iscsi": "Deixar o sistema dar a si mesmo um novo nome para iSCSI na próxima inicialização",
  "identity.iscsi-told": (p) => `O armazenamento que deixa entrar ${p.name} por iSCSI precisa saber o novo nome`,
  "identity.nvme": (p) => `${p.path} fica: é o nome deste sistema para NVMe pela rede`,
  "identity.seed": "Remover a semente de números aleatórios que o computador antigo também tem",
  "identity.credentials": (p) =>
    `${p.path} fica: o que os serviços criptografaram com ele não poderia mais ser lido (systemd-creds(1))`,
  "identity.cloud-init": "Fazer o cloud-init tomar este computador por um novo",
  "identity.cloud-init-again":
    "O cloud-init configura este computador de novo na próxima inicialização, com o que diz a nuvem ou a própria configuração: usuários, chaves, rede",
  "identity.cloud-init-name": "Impedir que o cloud-init dê outro nome ao computador",
  "identity.address": (p) =>
    `${p.path} dá ao computador o endereço ${p.list.join(", ")}: altere-o antes que ambos estejam em uma mesma rede`,
  "identity.mac": (p) =>
    `${p.path} dá à placa um endereço próprio (MAC): dois computadores com ele não devem estar em uma mesma rede`,
  "identity.wireguard": (p) => `${p.path} tem a chave privada de um túnel: só um computador por vez pode usá-la`,
  "identity.computer": (p) => `O computador se chama ${p.name}`,
  "identity.guid": "Os programas conhecem o computador por um novo GUID",
  "identity.wsus": "Os servidores de atualização (WSUS) o tomam por um computador novo",
  "identity.dhcpv6": "O DHCPv6 o toma por um computador novo",
  "identity.domain": (p) =>
    `O computador pertence a ${p.domain}: a conta dele lá é a do computador de que foi copiado; tire-o do domínio, inclua-o de novo e nunca deixe os dois funcionando antes`,
  "identity.sid":
    "O SID do computador fica como está: consta de todas as listas de acesso e das contas, e dois computadores com o mesmo SID não se atrapalham fora de um domínio",
  "identity.fixed": (p) =>
    `O computador tem endereços fixos (${p.list.join(", ")}): ao lado do computador de que foi copiado, um dos dois tem de mudá-los`,
  "identity.tailscale":
    "O Tailscale toma os dois computadores por um só: execute `tailscale logout` e `tailscale up` em um deles",
  "identity.zerotier":
    "O ZeroTier toma os dois computadores por um só: remova identity.secret e identity.public em um deles",
  "identity.netbird": "O NetBird toma os dois computadores por um só: registre um deles de novo",
  "identity.snapd": "O snapd está registrado na loja como o computador antigo",
  "identity.landscape": "O Landscape toma os dois computadores por um só: execute `landscape-config` em um deles",
  "identity.ubuntu-pro":
    "O Ubuntu Pro conta os dois computadores como um: execute `pro detach` e `pro attach` em um deles",
  "identity.red-hat":
    "A assinatura da Red Hat é a do computador antigo: execute `subscription-manager clean` e registre um deles de novo",
  "identity.suse":
    "O registro da SUSE é o do computador antigo: execute `SUSEConnect --cleanup` e registre um deles de novo",
  "identity.kerberos":
    "A conta do computador no Kerberos ou no Active Directory é a do antigo: inclua um deles de novo no domínio",
  "identity.samba": "O Samba tem a conta do computador em um domínio: inclua um deles de novo",
  "identity.salt":
    "O Salt toma os dois computadores por um só: remova as chaves do minion e o identificador dele em um deles",
  "identity.puppet": "O Puppet conhece o computador pelo certificado antigo",
  "identity.kubernetes": "Este é um nó de um cluster Kubernetes: redefina um deles e inclua-o de novo",
  "identity.docker-swarm": "Este é um nó de um swarm do Docker: faça um deles sair e entrar de novo",
  "identity.hostid": "/etc/hostid fica, pois o ZFS conhece por ele os seus pools",
  "identity.snakeoil":
    "Há serviços que usam um certificado feito pelo computador antigo: `make-ssl-cert generate-default-snakeoil --force-overwrite` faz outro",
};
