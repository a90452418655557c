import type { SentencesOf } from "#ui/i18n/tell.ts";

/** Why a file system cannot be smaller, or larger. */
export const limitWords: SentencesOf<"limit"> = {
  "limit.nearly-full": "de ruimte erin is bijna op",
  "limit.full": "de ruimte erin is op",
  "limit.unknown": "wat erin staat, is niet bekend",
  "limit.left-out": "zij zit niet in het image",
  "limit.raw": "de inhoud is vastgelegd zoals hij is",
  "limit.no-tool": (p) => `er is geen programma dat de grootte van ${p.filesystem} verandert`,
  "limit.xfs-least": "XFS is nooit kleiner dan 300 MiB",
  "limit.xfs-realtime":
    "XFS wordt alleen kleiner door zijn bestanden te kopiëren, en sommige staan op een realtime-apparaat",
  "limit.xfs-log": "XFS wordt alleen kleiner door zijn bestanden te kopiëren, en zijn log staat op een ander apparaat",
  "limit.xfs-quotas": "XFS wordt alleen kleiner door zijn bestanden te kopiëren, en dan gingen zijn quota verloren",
  "limit.btrfs-least": "btrfs is nooit kleiner dan 256 MiB",
  "limit.ntfs-tool": "zijn programma kent geen kleinere grootte",
  "limit.ntfs-check": "Windows heeft het voor controle gemarkeerd: eerst moet chkdsk /f worden uitgevoerd",
  "limit.ntfs-journal": "zijn journaal is niet gesloten: Windows moet eerst helemaal worden afgesloten",
  "limit.ntfs-hibernated": "Windows is erin in slaapstand",
  "limit.f2fs": "het programma van F2FS zegt niet hoe klein het kan worden",
  "limit.exfat":
    "er is geen programma dat de grootte van exFAT verandert, en een kopie van de bestanden zou hun attributen en tijden van ontstaan verliezen",
  "limit.bigalloc": "het gebruikt bigalloc, en daarvoor staat resize2fs niet in",
  "limit.ext-unclean":
    "het is niet netjes ontkoppeld, en er is geen ruimte om met zijn journaal uit te zoeken hoe klein het is",
  "limit.layer-full": "er is niets vrij in",
  "limit.layer-largest": "groter kan het niet zijn",
  "limit.striped": "LVM heeft het in stroken verdeeld (striping)",
};
