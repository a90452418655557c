import type { SentencesOf } from "#ui/i18n/tell.ts";

export const rawWords: SentencesOf<"raw"> = {
  "raw.no-filesystem": "er is geen bestandssysteem herkend",
  "raw.unread": (p) => `Lifeboat leest ${p.name} niet: de hele partitie wordt vastgelegd`,
  "raw.no-free": (p) => `${p.name} heeft geen vrije blokken: de hele partitie wordt vastgelegd`,
  "raw.locked": (p) =>
    `het is versleuteld met ${p.name}: welke blokken in gebruik zijn, is pas te zien als het ontgrendeld is`,
  "raw.lvm": "het hoort bij een LVM-volumegroep: de hele partitie wordt vastgelegd",
  "raw.raid": "het hoort bij een Linux-RAID: de hele partitie wordt vastgelegd",
  "raw.part": (p) => `het is een deel van iets dat Lifeboat niet leest (${p.what}): de hele partitie wordt vastgelegd`,
  "raw.untold": (p) => `welke blokken in gebruik zijn, is niet te zeggen: ${p.why}`,
  "raw.unclean-journal": "het is niet netjes ontkoppeld, en in zijn journaal kunnen nieuwere blokkaarten staan",
  "raw.unclean-log": "het is niet netjes ontkoppeld, en in zijn log kunnen nieuwere kaarten van vrije blokken staan",
  "raw.unclean-bitmaps": "het is niet netjes ontkoppeld, en zijn blokkaarten kunnen verouderd zijn",
  "raw.unclean-clusters": "het is niet netjes ontkoppeld, en zijn kaart van gebruikte clusters kan verouderd zijn",
  "raw.unclean-checkpoint":
    "het is niet netjes ontkoppeld, en na zijn laatste checkpoint zijn misschien bestanden geschreven",
  "raw.after-checkpoint": "het is niet netjes ontkoppeld, en na zijn laatste checkpoint zijn bestanden geschreven",
  "raw.unclean-ntfs": "het is niet netjes ontkoppeld, of Windows is erin in slaapstand (Snel opstarten)",
  "raw.dirty": "het is voor controle gemarkeerd, en zijn kaart van gebruikte clusters kan fout zijn",
  "raw.errors-bitmaps": "het heeft fouten genoteerd, en zijn blokkaarten kunnen fout zijn",
  "raw.errors-maps": "het heeft fouten genoteerd, en zijn kaarten van gebruikte blokken kunnen fout zijn",
  "raw.errors-tree": "het heeft fouten genoteerd, en zijn extent-boom kan fout zijn",
  "raw.checkpoints-off":
    "zijn checkpoints stonden uit, of zijn grootte werd veranderd: zijn kaarten van gebruikte blokken kunnen verouderd zijn",
  "raw.backup-only": "zijn eerste opstartsectoren zijn beschadigd, en alleen de reserve is heel",
  "raw.repair": "het moet met xfs_repair worden gerepareerd, en zijn kaart van vrije blokken kan fout zijn",
  "raw.mkfs": "het aanmaken ervan (mkfs) is niet afgemaakt",
  "raw.converting": (p) => `het wordt omgezet, of is een kopie van alleen metagegevens (${p.flags})`,
  "raw.texfat": "het is een TexFAT, en de twee kaarten van gebruikte clusters daarvan leest Lifeboat niet",
  "raw.xfs-version": (p) => `het is XFS van versie ${p.version}, en die is hier niet bekend`,
  "raw.feature": (p) => `het gebruikt een functie van ${p.name} die hier niet bekend is (${p.flags})`,
  "raw.btrfs-feature": (p) => `het gebruikt een functie van btrfs die hier niet bekend is (${p.flags})`,
  "raw.log-elsewhere": "zijn log staat op een ander apparaat, en daar kunnen nieuwere kaarten van vrije blokken staan",
  "raw.realtime": "het heeft een realtime-volume",
  "raw.devices": "het beslaat meer apparaten, en zo’n F2FS leest Lifeboat niet",
  "raw.zoned": "het is gemaakt voor gezoneerde apparaten, en zo’n F2FS leest Lifeboat niet",
  "raw.read-only": "het is een F2FS dat gemaakt is om alleen te worden gelezen: het heeft geen vrije blokken",
  "raw.btrfs-devices": (p) =>
    `het is een van de apparaten van een btrfs (alles bij elkaar: ${p.devices}): de gebruikte blokken zijn alleen met alle te zien`,
  "raw.swap-hibernated": "er is een systeem in slaapstand in, en dat zou zijn sessie verliezen",
  "raw.swap": "het is wisselgeheugen (swap): de inhoud heeft na een herstart geen nut; kop en UUID blijven",
};
