import { formatBytes } from "#base/units.ts";

/** isWireless: else it is Ethernet. */
const cardKind = (isWireless: boolean): string => (isWireless ? "wireless" : "Ethernet");
/** maker: "" where nothing is known that makes it. */
const madeBy = (maker: string): string =>
  `It is made by ${maker === "" ? "nothing that is known here" : `${maker}, which is not known here`}: where the disk of the new machine needs one of them, this system does not start`;

/** What is done to a Linux so that it starts on other hardware, and what is to be known of it. `why`: in words, a sentence of these. */
export const linuxWords = {
  // a name, and what it becomes; parts of `list` in those that follow
  "linux.is": (p: { old: string; name: string }) => `${p.old} is ${p.name}`,
  "linux.not-there": (p: { device: string }) => `${p.device} is not there any more`,
  "linux.in-file": (p: { path: string; problem: string }) => `${p.path}: ${p.problem}`,
  // why a name of a device stays
  "linux.other-disk": "it was on another disk than the system",
  "linux.whole-disk": "it names a disk as a whole",
  "linux.no-partition": (p: { number: number }) => `this disk has no volume in a partition ${p.number}`,
  "linux.partition-holds": (p: { number: number; filesystem: string }) => `partition ${p.number} holds ${p.filesystem}`,
  "linux.no-uuid": "it has no UUID",
  "linux.filesystem-no-uuid": "its file system has no UUID",

  // why a part of the system is not there
  "linux.unmounted": (p: { folder: string; device: string; why: string }) => `${p.folder} (${p.device}): ${p.why}`,
  "linux.elsewhere": "it is on no volume of this disk that can be opened",
  "linux.link-to-root": "a link leads it to the root",
  "linux.no-filesystem": (p: { filesystem: string }) => `no driver for ${p.filesystem}`,

  "linux.fstab": (p: { list: readonly string[] }) =>
    `Mounts by UUID, not by the names that devices had on the old machine: ${p.list.join(", ")}`,
  "linux.fstab-missing": "There is no /etc/fstab: this system mounts what the types of its partitions say",
  "linux.fstab-unknown": (p: { device: string; folder: string; why: string }) =>
    `/etc/fstab mounts ${p.device} on ${p.folder}, and what that means here is not known: ${p.why}`,
  "linux.fstab-unknown-swap": (p: { device: string; why: string }) =>
    `/etc/fstab mounts ${p.device} as swap space, and what that means here is not known: ${p.why}`,
  "linux.fstab-options": (p: { device: string; folder: string }) =>
    `/etc/fstab names ${p.device} in the options of ${p.folder}`,
  "linux.fstab-elsewhere": (p: { device: string; folder: string }) =>
    `/etc/fstab mounts ${p.device} on ${p.folder}, which is not on this disk: the start stops there, unless its line gets the option nofail`,
  "linux.fstab-elsewhere-swap": (p: { device: string }) =>
    `/etc/fstab uses ${p.device} as swap space, which is not on this disk: each start waits for it`,
  "linux.crypttab": (p: { list: readonly string[] }) =>
    `Opens encrypted volumes wherever their disk is plugged in: ${p.list.join(", ")}`,
  // isScratch: with a random key
  "linux.crypttab-unknown": (p: { device: string; name: string; isScratch: boolean; why: string }) =>
    `/etc/crypttab opens ${p.device} as ${p.name}${p.isScratch ? ", which is written over at each start" : ""}, and what that means here is not known: ${p.why}`,
  "linux.key-unknown": (p: { name: string; device: string; why: string }) =>
    `The key of ${p.name} in /etc/crypttab lies on ${p.device}, and what that means here is not known: ${p.why}`,
  "linux.opened-early": (p: { name: string }) => `${p.name} is opened before the root is there`,
  "linux.resume": (p: { list: readonly string[] }) => `Wakes up from swap space that there is: ${p.list.join(", ")}`,
  "linux.raid": "Looks for members of RAID on all disks, not by the names that they had on the old machine",
  "linux.raid-members": "RAID with members on other disks starts without those that are not there",
  "linux.lvm-devices": "Lets LVM look at all disks: its list names the disks of the old machine",
  "linux.lvm-filter": "Lets LVM look at all disks: the filter names those of the old machine",
  "linux.multipath": (p: { path: string; count: number }) =>
    `${p.path} names ${p.count} disks of the old machine; multipath passes them over when they are not there`,
  "linux.multipath-bound": (p: { path: string }) =>
    `${p.path} is bound to certain disks: look through it when this system shall use multipath here`,

  // argument: "root=UUID=..."
  "linux.arguments": (p: { list: readonly string[] }) => `Starts the system by UUID: ${p.list.join(", ")}`,
  "linux.arguments-room": (p: { path: string }) => `${p.path} has no room for names that last`,
  "linux.argument-gone": (p: { argument: string }) => `${p.argument} is on no volume of this disk`,
  "linux.argument-why": (p: { argument: string; why: string }) => `${p.argument}: ${p.why}`,
  "linux.argument-no-uuid": (p: { argument: string }) => `${p.argument} has no UUID`,
  "linux.argument-resume": (p: { argument: string }) => `${p.argument} goes, as there is no such swap space`,
  "linux.grub-uuid": "Lets GRUB name the root by its UUID whenever its configuration is made",
  "linux.esp-unmounted": (p: { number: number }) =>
    `The EFI system partition ${p.number} is mounted nowhere in this system, and what it holds was not looked at for names of devices`,

  // mac: of the new card; old: address of the old one; called: its name; name: of the new one, or ""
  "linux.card-named": (p: { mac: string; name: string; called: string }) =>
    `Calls the card ${p.mac}${p.name === "" ? "" : ` (${p.name})`} ${p.called}, as the old machine's was called, so that its network settings apply`,
  "linux.card-only": (p: { isWireless: boolean; called: string }) =>
    `Calls the only ${cardKind(p.isWireless)} card ${p.called}, as the old machine's was called, so that its network settings apply; with several cards here, the first that is found gets them`,
  "linux.card-instead": (p: { mac: string; old: string }) => `Is for the card ${p.mac}, in place of ${p.old}`,
  "linux.card-new": (p: { mac: string }) => `Is for the card ${p.mac}, in place of the old machine's`,
  "linux.card-any": (p: { old: string }) => `Is for the card that is there, whatever its address; it was ${p.old}`,
  // list: settings
  "linux.card-match": (p: { list: readonly string[] }) =>
    `Is for the card that is there, whatever its address: ${p.list.join(", ")}`,
  "linux.cards": "Is for the cards of this machine, in place of the old one's",
  "linux.cards-listed": (p: { list: readonly string[] }) => `Is for the cards of this machine: ${p.list.join(", ")}`,
  "linux.card-whichever": (p: { old: string; name: string }) => `${p.old} is whichever is called ${p.name}`,
  "linux.cards-named": "Names the cards of this machine as the old one's were, and forgets those that are not here",
  // card: its name and addresses; choice: one of the three that follow
  "linux.card-unknown": (p: { isWireless: boolean; card: string; choice: string }) =>
    `Network settings are for the ${cardKind(p.isWireless)} card ${p.card}, and which one takes its place has to be said: ${p.choice}`,
  "linux.here-unknown": "which cards this machine has is not known",
  "linux.here-none": "this machine has none",
  "linux.here": (p: { cards: string }) => `this machine has ${p.cards}`,

  "linux.udev-rules": (p: { path: string }) =>
    `${p.path} has rules for devices of the old machine by their serial numbers or places; they do nothing here`,
  // list: drivers
  "linux.barred": (p: { path: string; list: readonly string[] }) =>
    `${p.path} keeps the system from loading ${p.list.join(", ")}: from a disk that needs it, it does not start`,
  "linux.graphics": (p: { path: string }) =>
    `${p.path} is for the old machine's graphics: if the screen stays dark, move it away`,
  "linux.unified": (p: { path: string }) =>
    `${p.path} is a kernel with its start file in it: what makes it (mkinitcpio, dracut --uefi, ukify) has to make it anew, or it starts with the drivers of the old machine`,

  // version: of the kernel; drivers: their names, or the next one
  "linux.and-more": (p: { list: readonly string[]; others: number }) => `${p.list.join(", ")} and ${p.others} more`,
  "linux.no-kernel": "No kernel with modules was found, so nothing can be said of the drivers at its start",
  "linux.part-missing": (p: { what: string }) =>
    `Start files cannot be made anew, as a part of the system is not there: ${p.what}`,
  "linux.start-file": (p: { version: string }) =>
    `Makes the start file of kernel ${p.version} anew, with drivers for all hardware`,
  "linux.start-file-lacks": (p: { version: string; drivers: string }) =>
    `Makes the start file of kernel ${p.version} anew, with drivers for all hardware; it lacks ${p.drivers}`,
  // list: of those above
  "linux.start-files": (p: { list: readonly string[] }) => p.list.join(". "),
  "linux.start-unread": (p: { version: string; maker: string }) =>
    `The start file of kernel ${p.version} could not be read. ${madeBy(p.maker)}`,
  "linux.start-lacks": (p: { version: string; drivers: string; maker: string }) =>
    `The start file of kernel ${p.version} lacks these drivers: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.start-missing": (p: { version: string; drivers: string; maker: string }) =>
    `The start file of kernel ${p.version} is not there, and the kernel by itself lacks these drivers: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.boot-full": (p: { free: number; size: number }) =>
    `/boot has only ${formatBytes(p.free)} free, and a start file for all hardware can take ${formatBytes(p.size)}: where one does not fit, the old one stays`,
  "linux.modules-most": "Puts the drivers of all common hardware into the start files, not only the old machine's",
  "linux.hook": "Puts the drivers of all kinds of disks into the start files, also when they are made anew later",
  "linux.dracut":
    "Has start files made for all hardware, not only the old machine's, also when they are made anew later",
  "linux.containers": "The start files open all LVM, LUKS and RAID that they find (rd.auto=1), as the root lies in one",
  "linux.autodetect": "Leaves out the hook `autodetect`, so that the start files hold the drivers of all hardware",
  "linux.preset": "Makes the usual start file for all hardware too",
  "linux.no-block":
    "/etc/mkinitcpio.conf does not have the hook `block`, so the start files hold no drivers of disks but those in MODULES",
  "linux.relabel":
    "Has SELinux label all files anew: the first start takes some minutes more, and ends in a second one",
};
