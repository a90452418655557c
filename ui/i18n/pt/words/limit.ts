import type { SentencesOf } from "#ui/i18n/tell.ts";

/** Why a file system cannot be smaller, or larger. */
export const limitWords: SentencesOf<"limit"> = {
  "limit.nearly-full": "o espaço está quase todo em uso",
  "limit.full": "o espaço está todo em uso",
  "limit.unknown": "não se sabe o que ela contém",
  "limit.left-out": "ela não está na imagem",
  "limit.raw": "o conteúdo foi guardado como está",
  "limit.no-tool": (p) => `nenhuma ferramenta altera o tamanho de ${p.filesystem}`,
  "limit.xfs-least": "XFS nunca tem menos de 300 MiB",
  "limit.xfs-realtime": "XFS só diminui copiando seus arquivos, e alguns estão em um dispositivo de tempo real",
  "limit.xfs-log": "XFS só diminui copiando seus arquivos, e seu log está em outro dispositivo",
  "limit.xfs-quotas": "XFS só diminui copiando seus arquivos, e suas cotas se perderiam",
  "limit.btrfs-least": "btrfs nunca tem menos de 256 MiB",
  "limit.ntfs-tool": "a ferramenta não conhece um tamanho menor",
  "limit.ntfs-check": "o Windows o marcou para verificação: primeiro é preciso executar chkdsk /f",
  "limit.ntfs-journal": "o journal não foi fechado: primeiro é preciso desligar o Windows por completo",
  "limit.ntfs-hibernated": "o Windows está hibernado nele",
  "limit.f2fs": "a ferramenta de F2FS não diz quanto ele pode diminuir",
  "limit.exfat":
    "nenhuma ferramenta altera o tamanho de exFAT, e uma cópia dos arquivos perderia seus atributos e datas de criação",
  "limit.bigalloc": "ele usa bigalloc, e o resize2fs não garante o redimensionamento",
  "limit.ext-unclean":
    "ele não foi desmontado corretamente, e não há espaço para descobrir com o journal quanto pode diminuir",
  "limit.layer-full": "não há nada livre nele",
  "limit.layer-largest": "não pode ser maior",
  "limit.striped": "o LVM o distribuiu em faixas (striping)",
};
