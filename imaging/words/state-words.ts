/** What is to be known of a file system, as a clause about it. Images keep it as a text: it is found by these words (`hear`). */
export const stateWords = {
  "state.unclean": "was not unmounted cleanly",
  "state.unclean-log": "was not unmounted cleanly; its log will be restored with it",
  "state.unclean-journal": "was not unmounted cleanly; its journal will be restored with it",
  "state.unclean-check": (p: { tool: string }) => `was not unmounted cleanly; check it with ${p.tool}`,
  "state.unclean-chkdsk": (p: { tool: string }) => `was not unmounted cleanly; check it with ${p.tool} or chkdsk`,
  "state.unclean-ntfs": "was not unmounted cleanly, or Windows is hibernated in it (Fast Startup)",
  "state.errors": (p: { tool: string }) => `has recorded errors; check it with ${p.tool}`,
  "state.disk-errors": (p: { tool: string }) => `has recorded disk errors; check it with ${p.tool} or chkdsk`,
  "state.dirty": "is marked dirty; check it with chkdsk",
  "state.boot-sectors": (p: { tool: string }) => `its boot sectors are damaged; check it with ${p.tool} or chkdsk`,
  "state.first-boot-sectors": (p: { tool: string }) =>
    `its first boot sectors are damaged; check it with ${p.tool} or chkdsk`,
  "state.root": (p: { tool: string }) => `its root directory cannot be read; check it with ${p.tool} or chkdsk`,
  "state.file-table": "its master file table cannot be read; check it with chkdsk",
  "state.superblocks": (p: { tool: string }) => `its superblocks are damaged; check it with ${p.tool}`,
  "state.first-superblock": (p: { tool: string }) => `its first superblock is damaged; check it with ${p.tool}`,
  "state.checkpoints": (p: { tool: string }) => `its checkpoints cannot be read; check it with ${p.tool}`,
  "state.quotas": (p: { tool: string }) => `its quotas are out of date; check it with ${p.tool}`,
  "state.repair": "must be repaired before it can be mounted; run xfs_repair",
  "state.log-elsewhere": "keeps its log on another device, which is not captured with it",
  "state.realtime": "keeps files on a realtime device, which is not captured with it",
  "state.one-device": (p: { devices: number }) =>
    `is one device of a btrfs over ${p.devices} devices; it can be read only with the others`,
  "state.swap-hibernated": "a system is hibernated in it",
  // session: one of the four below
  "state.with-session": (p: { session: string }) =>
    `${p.session}; it is captured with that session; for a smaller image that starts on any machine, start Windows and shut it down completely (shutdown /s /t 0)`,
  "state.fast-startup": "Windows is hibernated in it (Fast Startup)",
  "state.hibernated": "Windows is hibernated in it (hibernation or Fast Startup)",
  "state.hibernated-elsewhere": "a Windows on another partition was hibernated while it had this one open",
  "state.hibernated-unknown": "its hiberfil.sys cannot be understood: Windows may be hibernated in it",
};
