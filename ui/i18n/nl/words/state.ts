import type { SentencesOf } from "#ui/i18n/tell.ts";

export const stateWords: SentencesOf<"state"> = {
  "state.unclean": "is niet netjes ontkoppeld",
  "state.unclean-log": "is niet netjes ontkoppeld; zijn log wordt mee teruggezet",
  "state.unclean-journal": "is niet netjes ontkoppeld; zijn journaal wordt mee teruggezet",
  "state.unclean-check": (p) => `is niet netjes ontkoppeld; controleer het met ${p.tool}`,
  "state.unclean-chkdsk": (p) => `is niet netjes ontkoppeld; controleer het met ${p.tool} of chkdsk`,
  "state.unclean-ntfs": "is niet netjes ontkoppeld, of Windows is erin in slaapstand (Snel opstarten)",
  "state.errors": (p) => `heeft fouten genoteerd; controleer het met ${p.tool}`,
  "state.disk-errors": (p) => `heeft fouten van de schijf genoteerd; controleer het met ${p.tool} of chkdsk`,
  "state.dirty": "is voor controle gemarkeerd; controleer het met chkdsk",
  "state.boot-sectors": (p) => `zijn opstartsectoren zijn beschadigd; controleer het met ${p.tool} of chkdsk`,
  "state.first-boot-sectors": (p) =>
    `zijn eerste opstartsectoren zijn beschadigd; controleer het met ${p.tool} of chkdsk`,
  "state.root": (p) => `zijn hoofdmap kan niet worden gelezen; controleer het met ${p.tool} of chkdsk`,
  "state.file-table": "zijn bestandstabel (MFT) kan niet worden gelezen; controleer het met chkdsk",
  "state.superblocks": (p) => `zijn superblokken zijn beschadigd; controleer het met ${p.tool}`,
  "state.first-superblock": (p) => `zijn eerste superblok is beschadigd; controleer het met ${p.tool}`,
  "state.checkpoints": (p) => `zijn checkpoints kunnen niet worden gelezen; controleer het met ${p.tool}`,
  "state.quotas": (p) => `zijn quota zijn niet bijgewerkt; controleer het met ${p.tool}`,
  "state.repair": "moet worden gerepareerd voordat het kan worden gekoppeld; gebruik xfs_repair",
  "state.log-elsewhere": "heeft zijn log op een ander apparaat, dat niet mee wordt vastgelegd",
  "state.realtime": "heeft bestanden op een realtime-apparaat, dat niet mee wordt vastgelegd",
  "state.one-device": (p) =>
    `is een van de apparaten van een btrfs (alles bij elkaar: ${p.devices}); het kan alleen met de andere worden gelezen`,
  "state.swap-hibernated": "er is een systeem in slaapstand in",
  "state.with-session": (p) =>
    `${p.session}; het wordt met die sessie vastgelegd. Voor een kleiner image, dat op elke computer start: start Windows en sluit het helemaal af (shutdown /s /t 0)`,
  "state.fast-startup": "Windows is erin in slaapstand (Snel opstarten)",
  "state.hibernated": "Windows is erin in slaapstand (slaapstand of Snel opstarten)",
  "state.hibernated-elsewhere": "een Windows op een andere partitie ging in slaapstand terwijl het deze open had",
  "state.hibernated-unknown": "zijn hiberfil.sys is niet te begrijpen: misschien is Windows erin in slaapstand",
};
