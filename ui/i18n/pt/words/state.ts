import type { SentencesOf } from "#ui/i18n/tell.ts";

export const stateWords: SentencesOf<"state"> = {
  "state.unclean": "não foi desmontado corretamente",
  "state.unclean-log": "não foi desmontado corretamente; seu log será restaurado com ele",
  "state.unclean-journal": "não foi desmontado corretamente; seu journal será restaurado com ele",
  "state.unclean-check": (p) => `não foi desmontado corretamente; verifique-o com ${p.tool}`,
  "state.unclean-chkdsk": (p) => `não foi desmontado corretamente; verifique-o com ${p.tool} ou chkdsk`,
  "state.unclean-ntfs": "não foi desmontado corretamente, ou o Windows está hibernado nele (inicialização rápida)",
  "state.errors": (p) => `registrou erros; verifique-o com ${p.tool}`,
  "state.disk-errors": (p) => `registrou erros do disco; verifique-o com ${p.tool} ou chkdsk`,
  "state.dirty": "está marcado para verificação; verifique-o com chkdsk",
  "state.boot-sectors": (p) => `seus setores de inicialização estão danificados; verifique-o com ${p.tool} ou chkdsk`,
  "state.first-boot-sectors": (p) =>
    `seus primeiros setores de inicialização estão danificados; verifique-o com ${p.tool} ou chkdsk`,
  "state.root": (p) => `sua pasta raiz não pode ser lida; verifique-o com ${p.tool} ou chkdsk`,
  "state.file-table": "sua tabela de arquivos (MFT) não pode ser lida; verifique-o com chkdsk",
  "state.superblocks": (p) => `seus superblocos estão danificados; verifique-o com ${p.tool}`,
  "state.first-superblock": (p) => `seu primeiro superbloco está danificado; verifique-o com ${p.tool}`,
  "state.checkpoints": (p) => `seus checkpoints não podem ser lidos; verifique-o com ${p.tool}`,
  "state.quotas": (p) => `suas cotas estão desatualizadas; verifique-o com ${p.tool}`,
  "state.repair": "precisa ser reparado antes de ser montado; execute xfs_repair",
  "state.log-elsewhere": "tem seu log em outro dispositivo, que não é guardado com ele",
  "state.realtime": "tem arquivos em um dispositivo de tempo real, que não é guardado com ele",
  "state.one-device": (p) =>
    `é um dos dispositivos de um btrfs (ao todo: ${p.devices}); só pode ser lido com os outros`,
  "state.swap-hibernated": "há um sistema hibernado nele",
  "state.with-session": (p) =>
    `${p.session}; ele é guardado com essa sessão. Para uma imagem menor, que inicie em qualquer computador, inicie o Windows e desligue-o por completo (shutdown /s /t 0)`,
  "state.fast-startup": "o Windows está hibernado nele (inicialização rápida)",
  "state.hibernated": "o Windows está hibernado nele (hibernação ou inicialização rápida)",
  "state.hibernated-elsewhere": "um Windows de outra partição foi hibernado enquanto tinha esta aberta",
  "state.hibernated-unknown": "seu hiberfil.sys não pode ser entendido: talvez o Windows esteja hibernado nele",
};
