/** What is done to a Windows so that it starts, also on other hardware, and what is to be known of it. `driver`: as its service is called. */
export const windowsWords = {
  // state: how it is hibernated
  "windows.asleep": (p: { state: string }) => `${p.state}: nothing is changed in it`,
  "windows.asleep-boot": (p: { state: string }) => `${p.state}: its boot configuration stays as it is`,
  "windows.asleep-undo": (p: { state: string }) => `${p.state}: nothing is taken back`,
  "windows.next-asleep":
    "Start it once more where it ran, and shut it down completely (shutdown /s /t 0); or add --discard-hibernation: what was open in that session and not saved is lost then, files on the disk are not.",
  "windows.session-discarded": (p: { state: string }) => `${p.state}: that session is removed`,
  "windows.session-removed": "removes the hibernated session, which fits no other hardware",
  // list: of hives
  "windows.hives-recovered": (p: { list: readonly string[] }) =>
    `Windows had not written its registry to the end (${p.list.join(", ")}): it is made whole from its logs`,
  "windows.bitlocker":
    "a volume is encrypted with BitLocker: on another machine its TPM does not open it, and Windows asks for the recovery key at its start",
  "windows.setup": (p: { command: string }) =>
    `a set-up of Windows is not finished and goes on at its start (${p.command}); it is left as it is`,
  "windows.server-disks":
    "a Windows server may keep other disks off line when their controller has changed: Disk Management brings them on line",
  "windows.activation":
    "Windows, Office and other programs may ask to be activated again on other hardware: no tool can change that",
  "windows.page-file": (p: { file: string }) =>
    `the page file ${p.file} is on a volume that is not on this disk: Windows starts without it`,
  "windows.crash": "an error at start stays on the screen",

  // count: of values; isWhole: it was so before
  "windows.hive": (p: { count: number; hive: string; isWhole: boolean }) =>
    `changes ${p.count} values of the registry (${p.hive}${p.isWhole ? "" : ", made whole from its logs"})`,
  "windows.hive-log": (p: { hive: string }) => `empties a log of the hive ${p.hive}`,
  // name: "\\DosDevices\\D:"; letter: "C:"
  "windows.mounted": (p: { name: string }) => `${p.name} is the partition where it is now`,
  "windows.mounted-gone": (p: { name: string }) => `${p.name} names a partition that is not there any more`,
  "windows.letter": (p: { letter: string }) => `the volume of Windows stays ${p.letter}`,

  // drives: what it is for, a name or one of those that follow
  "windows.storage": (p: { driver: string; drives: string }) =>
    `${p.driver} (${p.drives}) is loaded when Windows starts`,
  "windows.sata": "SATA controllers (AHCI)",
  "windows.ide": "IDE controllers",
  "windows.raid": "other RAID controllers",
  "windows.cards": "memory cards (eMMC)",
  "windows.two": (p: { first: string; second: string }) => `${p.first} and ${p.second}`,
  // list: of filters; devices: one of those that follow
  "windows.filter": (p: { list: readonly string[]; devices: string }) =>
    `the filter ${p.list.join(", ")} of ${p.devices} is taken out: its driver is not there`,
  "windows.disks": "disks",
  "windows.controllers": "disk controllers",
  "windows.ide-controllers": "IDE and SATA controllers",
  "windows.volumes": "volumes",
  "windows.tools": (p: { driver: string; maker: string }) => `${p.driver}, of ${p.maker}, is not loaded any more`,
  "windows.old-xen": "Xen (Red Hat's old drivers)",
  // id: of a device
  "windows.controller": (p: { id: string }) =>
    `Windows has no driver for the disk controller ${p.id}: give the folder of its maker's driver`,

  // inf: "viostor.inf"
  "windows.driver-loaded": (p: { driver: string; inf: string }) =>
    `the driver ${p.driver} of ${p.inf} is loaded when Windows starts`,
  "windows.driven": (p: { id: string; driver: string }) => `${p.id} is driven by ${p.driver}`,
  "windows.bound": (p: { count: number; driver: string; inf: string }) =>
    `${p.count} device ids are bound to ${p.driver} of ${p.inf}`,
  "windows.driver-file": (p: { architecture: string }) => `puts in a driver (${p.architecture})`,
  "windows.file-replaced": (p: { path: string }) =>
    `${p.path} was there with other content, and is replaced by that of the folder; the old one is kept`,
  "windows.staged": "puts a driver where Windows installs it from",
  "windows.script": "installs the drivers in \\Lifeboat\\Drivers when Windows starts, and removes itself",
  "windows.first-start": "Windows installs the drivers in \\Lifeboat\\Drivers at its first start",
  "windows.device-path": "Windows looks for drivers in \\Lifeboat\\Drivers too",
  // isMachine: its devices are known; count: those that are for this Windows; others: those that are not
  "windows.drivers-unfit": (p: { isMachine: boolean; count: number; others: number }) =>
    `none of the drivers in the folders is for this ${p.isMachine ? "machine" : "Windows"} (${p.count} for this Windows, ${p.others} for others)`,
  "windows.folder-large": (p: { path: string }) =>
    `${p.path}: not all of it was looked at: it holds too many files for a folder of drivers`,
  "windows.inf-large": (p: { path: string }) => `${p.path}: too large for a driver's description`,
  // list: of files
  "windows.not-installed": (p: { inf: string; list: readonly string[] }) =>
    `${p.inf} is not installed later: ${p.list.join(", ")} is missing or too large`,
  // section: of the .inf; why: one of the two that follow
  "windows.no-own-driver": (p: { inf: string; section: string; why: string }) =>
    `${p.inf}, ${p.section}: no driver of its own is put in: ${p.why}`,
  "windows.goes-on": (p: { list: readonly string[] }) => `it goes on with ${p.list.join(", ")} of Windows`,
  "windows.has-none": "it has none",
  // why: one of those that follow
  "windows.not-put-in": (p: { inf: string; driver: string; why: string }) =>
    `${p.inf}: ${p.driver} is not put in: ${p.why}`,
  "windows.no-driver": (p: { type: string }) => `it is no driver (type ${p.type})`,
  "windows.own-driver": "Windows has a driver of its own by that name",
  "windows.bad-names": "its names are none",
  "windows.no-device": "it names no device",
  "windows.other-package": "Windows has another package of that name, which stays",
  "windows.file-missing": (p: { file: string }) => `its file ${p.file} is not in the folder`,
  "windows.no-program": (p: { file: string }) => `${p.file} is no program for Windows`,
  "windows.wrong-architecture": (p: { file: string; architecture: string; own: string }) =>
    `${p.file} is for ${p.architecture}, and this Windows is ${p.own}`,
  "windows.unsigned": (p: { file: string }) =>
    `${p.file} has no signature in itself, without which 64-bit Windows does not start with it`,

  "windows.manager": "puts Windows' boot manager where it belongs",
  "windows.boot-file": "copies a boot file that Windows has in itself",
  "windows.no-boot-files": (p: { path: string }) =>
    `this Windows cannot be made to start with a BIOS: ${p.path} is not there`,
  "windows.no-loader": (p: { path: string }) => `Windows has no loader for this firmware: ${p.path} is not there`,
  "windows.needs-csm":
    "this Windows is older than 8: with UEFI it needs a firmware that has its compatibility module (CSM) on, and Secure Boot off",
  "windows.other-firmware": "what starts Windows with the other kind of firmware lies beside it, and stays",
  "windows.store": "tells Windows' boot manager where things are",
  "windows.store-new": "makes Windows' boot configuration anew",
  "windows.store-log": "empties a log of the boot configuration",
  "windows.store-missing": "there was no boot configuration: a new one is made",
  // problem: what is wrong with it
  "windows.store-damaged": (p: { problem: string }) => `${p.problem}: a new one is made, the old one is kept`,
  // what: an entry; partition: one of the two that follow
  "windows.entry-elsewhere": (p: { what: string; partition: string }) =>
    `the boot configuration names a partition that is not on this disk (${p.what}: ${p.partition}); it stays as it is`,
  "windows.gpt-partition": (p: { partition: string; disk: string }) => `partition ${p.partition} of disk ${p.disk}`,
  "windows.mbr-partition": (p: { start: number; disk: string }) => `partition at byte ${p.start} of disk ${p.disk}`,

  "windows.list-programs": "lists all changes, for the way back",
  "windows.list-people": "lists all changes, for people",
  "windows.list-regedit": (p: { hive: string }) => `says how the values of ${p.hive} were, for Regedit`,
  "windows.undo-file": "brings a file back as it was",
  "windows.undo-new": "removes a file that was not there",
  "windows.undo-log": "empties a log of what was changed since",
  "windows.undo-alone":
    "Boot code in front of partitions, the active partition and entries of the firmware stay as they are: with the old files they start what they started",
  "windows.undo-linux": "What was changed in a Linux on this disk stays; its old files lie in /var/lib/lifeboat",
  // list: of files
  "windows.undo-lost": (p: { list: readonly string[] }) => `Not kept, and gone: ${p.list.join(", ")}`,
};
