import { formatBytes } from "#base/units.ts";

/**
 * What the doctor says, by code: what was seen, what it means, what to do next. A code that says it in several ways has a word behind a hyphen.
 * Sizes are bytes. What stands in backticks is typed.
 */
export const doctorWords = {
  "seen.SERVER_NOT_RUNNING": (p: { address: string; at: number }) =>
    `The server at ${p.address} gave its last sign of life at ${new Date(p.at).toISOString()}.`,
  "seen.SERVER_NOT_RUNNING-never": "No server has ever run with these machines.",
  "means.SERVER_NOT_RUNNING": "Nobody answers computers that start.",
  "do.SERVER_NOT_RUNNING":
    "Start it: `lifeboat pxe serve`. Where it runs with another file or database, name that with `--machines`.",

  "seen.PORT_TAKEN": (p: { ports: readonly string[] }) =>
    `Another program has a port that network boot needs: ${p.ports.join(", ")}.`,
  "port.taken": (p: { port: string; owner: string }) => `port ${p.port} by ${p.owner}`,
  "means.PORT_TAKEN":
    "`pxe serve` cannot start beside it, and what computers ask that program it answers in its own way.",
  "do.PORT_TAKEN": "Stop that program, or serve from another machine.",

  "seen.ADDRESS_GONE": (p: { interface: string; address: string }) =>
    `The network card ${p.interface} is gone, or no interface has its address ${p.address} any more.`,
  "means.ADDRESS_GONE": "Nothing is offered at this network card; others of the server go on.",
  "do.ADDRESS_GONE":
    "Give it its address back (a fixed one suits a server): it is served again by itself, some seconds later.",

  "seen.SERVICE_SILENT": (p: { service: string; address: string; port: string; reason: string }) =>
    `The ${p.service} server did not answer at ${p.address} port ${p.port}, asked from this machine: ${p.reason}.`,
  "means.SERVICE_SILENT": "A firewall drops it even here, or the server hangs.",
  "do.SERVICE_SILENT": "Look at the firewall's rules below, if there are any; start `pxe serve` again.",

  "seen.FIREWALL": (p: { device: string; protocol: string; port: string; where: string }) =>
    `This machine's firewall drops what comes in at ${p.device} for ${p.protocol} port ${p.port}: ${p.where}.`,
  "seen.FIREWALL-maybe": (p: { device: string; protocol: string; port: string; where: string }) =>
    `This machine's firewall may drop what comes in at ${p.device} for ${p.protocol} port ${p.port}: ${p.where}.`,
  "means.FIREWALL": "Computers that start are not heard.",
  "do.FIREWALL": (p: { device: string; protocol: string; port: string }) =>
    `Let it in: \`nft insert rule ...\` or, with firewalld or ufw, ${p.protocol} port ${p.port} at ${p.device}. \`nft -a list ruleset\` shows the rule.`,

  "seen.NOTHING_HEARD": "Nothing was ever heard of this machine.",
  "seen.NOTHING_HEARD-of": (p: { name: string }) => `Nothing was ever heard of ${p.name}.`,
  "means.NOTHING_HEARD": "Its questions do not reach this server, or it asks none.",
  "do.NOTHING_HEARD":
    "Check the cable and the switch port (VLAN, port security, spanning tree without port fast), that network boot is on in the firmware's setup and before the disk, and that a router between them relays DHCP to this server.",

  "seen.NO_BOOT_OPTION": (p: { count: number }) =>
    `It asked ${times(p.count)} for an address, without option 60 (PXEClient or HTTPClient).`,
  "means.NO_BOOT_OPTION":
    "That is an installed system, or firmware with network boot off: it does not ask what to start.",
  "do.NO_BOOT_OPTION":
    "Switch network boot (PXE, UEFI network stack) on in the firmware's setup, and put it before the disk. Where a relay or a switch changes DHCP messages, let option 60 pass.",

  "seen.no-offer": (p: { reason: string }) => `It asked what to start, and was told of no file: ${p.reason}.`,
  "seen.no-offer-kind": (p: { kind: string; reason: string }) =>
    `It asked what to start (${p.kind}), and was told of no file: ${p.reason}.`,
  "means.UNKNOWN_ARCHITECTURE": "Its processor or firmware is of a kind that is not known here.",
  "do.UNKNOWN_ARCHITECTURE":
    "`lifeboat pxe machines show` has the number it sent (RFC 4578, option 93). Start it by another way, such as BIOS mode or a stick.",
  "means.NO_FILE_FOR_ARCHITECTURE": "The folder that is offered has no boot loader for its kind of firmware.",
  "do.NO_FILE_FOR_ARCHITECTURE":
    "Put one there (its name is in docs/pxe.md), or switch its firmware to a kind that the folder has. `media pxe` makes files for BIOS and UEFI x64.",
  "means.NO_FILE": "The answer would not have reached it.",
  "do.NO_FILE": "See the server's lines.",
  "means.NOT_APPROVED": "The server gives boot files to approved machines only, and nobody has approved this one.",
  "do.NOT_APPROVED": "`lifeboat pxe machines approve MACHINE`",
  "means.REFUSED": "Somebody has refused this machine.",
  "do.REFUSED": "`lifeboat pxe machines approve MACHINE`, if that is over.",
  "means.STARTS_FROM_DISK": "Its boot policy is never: it was set so, or its job is done.",
  "do.STARTS_FROM_DISK": "`lifeboat pxe machines policy once MACHINE` lets it start from the network again.",

  "seen.no-address": (p: { reason: string }) => `It got no address: ${p.reason}.`,
  "seen.no-address-relay": (p: { reason: string; relay: string }) => `It got no address: ${p.reason} (${p.relay}).`,
  "means.RELAY_UNKNOWN":
    "A relay passes its questions on, with an address of its own that is in none of the networks of this server.",
  "do.RELAY_UNKNOWN":
    "Add that network to the file of `--dhcp-file`, or correct the relay: its address (giaddr) must be the one of the interface towards the computers.",
  "means.NO_ADDRESS": "Without an address it loads nothing.",
  "do.NO_ADDRESS":
    "Make the pool larger or the lease time shorter; two computers with one address must be told apart. `lifeboat pxe machines show` without a machine has what the server met.",

  "seen.OTHER_DHCP_SERVER": (p: { servers: readonly string[] }) =>
    `Another DHCP server answers in this network: ${p.servers.join(", ")}.`,
  "means.OTHER_DHCP_SERVER":
    "Computers take whichever answer comes first: addresses of two kinds, and boot files of that server or none.",
  "do.OTHER_DHCP_SERVER":
    "Switch one of the two off. Beside a DHCP server that stays, run `pxe serve` without `--dhcp`: then it names files only.",

  "seen.OFFER_NOT_TAKEN": (p: { count: number }) =>
    `It asked, was told ${times(p.count)} what to load, and then asked for no file.`,
  "means.OFFER_NOT_TAKEN":
    "The answer does not reach it, its firmware takes no answer of a second server (proxyDHCP), it took another server's, or its question for the file does not reach this server (UDP port 69, TCP port 80).",
  "do.OFFER_NOT_TAKEN":
    "Look for a firewall or a switch that drops answers of DHCP (DHCP snooping: trust this server's port). Try `--no-dhcp` with the lines of `lifeboat pxe snippets` in your DHCP server.",

  "seen.FILE_MISSING": (p: { file: string; reason: string }) =>
    `It asked for ${p.file} last, and did not get it: ${p.reason}.`,
  "means.FILE_MISSING":
    "The folder that is offered lacks a file that its boot loader needs, or has it under another name; or the machine may not have it.",
  "do.FILE_MISSING":
    "Make the folder anew with `lifeboat media pxe`, or correct the name in the DHCP server or the boot loader's configuration.",

  "seen.TRANSFER_BROKEN": (p: { file: string; loaded: number; how: string }) =>
    `${p.file} broke off after ${formatBytes(p.loaded)}: ${p.how}.`,
  "seen.TRANSFER_BROKEN-size": (p: { file: string; loaded: number; size: number; how: string }) =>
    `${p.file} broke off after ${formatBytes(p.loaded)} of ${formatBytes(p.size)}: ${p.how}.`,
  "means.TRANSFER_BROKEN":
    "Packets are lost on the way, the machine was switched off, or its loader has no room for the file.",
  "do.TRANSFER_BROKEN":
    "Try another cable and switch port; look for a wrong MTU or a firewall that knows no TFTP (answers come from another port than 69). Over HTTP losses do less harm.",

  "seen.SECURE_BOOT": (p: { file: string }) => `It loaded ${p.file} whole, and asked for nothing more.`,
  "seen.SECURE_BOOT-on": (p: { file: string }) =>
    `It loaded ${p.file} whole, and asked for nothing more. Its Secure Boot is on.`,
  "means.SECURE_BOOT":
    "shim, or the firmware, does not trust this file: its signature is missing, not trusted, or revoked (SBAT, dbx).",
  "means.SECURE_BOOT-shim":
    "The firmware does not trust this file (Secure Boot), or shim could not load GRUB from the same place.",
  "means.SECURE_BOOT-ipxe": "iPXE is not signed: firmware with Secure Boot on does not start it.",
  "do.SECURE_BOOT":
    "Make the folder anew with `lifeboat media pxe`, so that shim, GRUB and kernel fit one another; enable the third party UEFI CA in the firmware's setup (many business machines have it off); or switch Secure Boot off and see whether it starts.",
  "do.SECURE_BOOT-ipxe":
    "Offer bootx64.efi (Debian's signed shim, as `media pxe` makes it) instead, or switch Secure Boot off.",

  "seen.KERNEL_NOT_ASKED": (p: { file: string }) => `It loaded ${p.file} whole, and never asked for a kernel.`,
  "seen.KERNEL_NOT_ASKED-runs": (p: { file: string }) =>
    `It loaded ${p.file} whole, went on with it, and never asked for a kernel.`,
  "seen.KERNEL_NOT_ASKED-menu": (p: { title: string }) =>
    `It chose ${p.title} from its menu, and never asked for the kernel of it.`,
  "means.KERNEL_NOT_ASKED": "The boot loader does not run, or has no network of its own.",
  "means.KERNEL_NOT_ASKED-runs":
    "The boot loader runs: it waits at its menu, or does not find what its configuration names.",
  "means.KERNEL_NOT_ASKED-menu": "Its loader stopped: it says why on the machine's screen.",
  "do.KERNEL_NOT_ASKED":
    "Look at the machine's screen. Compare the address in the boot loader's configuration (`media pxe --url`) with that of this server; on hardware whose network card iPXE does not know, let it use the firmware's (snponly.efi, undionly.kpxe).",
  "do.KERNEL_NOT_ASKED-menu": "Look at the machine's screen.",

  "seen.WAITS_AT_MENU": (p: { title: string }) => `It has the menu ${p.title}, and nothing was chosen.`,
  "means.WAITS_AT_MENU": "It waits for somebody at its keyboard: the menu has no timeout, or somebody stopped it.",
  "do.WAITS_AT_MENU": "Choose at the machine, or give the menu a `timeout` and a `default` in the file of `--menu`.",
  "seen.menu-refused": (p: { title: string; reason: string }) =>
    `It chose ${p.title} from its menu, and was refused: ${p.reason}.`,
  "means.MENU_REFUSED": "The entry asks for a name and a password, and got none of its users'.",
  "do.MENU_REFUSED":
    "Try again: after some mistakes one has to wait, up to five minutes. `lifeboat pxe password` makes what stands for a new password in the file of `--menu`.",

  "seen.RESCUE_NOT_UP": "It loaded the kernel and its initramfs and then nothing more.",
  "seen.RESCUE_NOT_UP-kernel": "It loaded the kernel, and no initramfs, and then nothing more.",
  "means.RESCUE_NOT_UP":
    "The kernel does not run on this machine, has no driver for its network card, or got no address a second time. (A system that is not Lifeboat's may run all the same: it tells nothing.)",
  "means.RESCUE_NOT_UP-kernel": "The boot loader stopped before the initramfs was there.",
  "do.RESCUE_NOT_UP":
    "Look at the machine's screen. A card that needs firmware wants a set without `--no-firmware`; spanning tree that keeps a port shut for 30 seconds wants port fast.",

  "seen.TOO_LITTLE_MEMORY": (p: { memory: number }) =>
    `It has ${formatBytes(p.memory)} of memory, and the rescue system did not come up.`,
  "means.TOO_LITTLE_MEMORY": (p: { least: number }) =>
    `All that is loaded from the network lies in memory: at least ${formatBytes(p.least)} are needed, 2 GiB for the screen.`,
  "do.TOO_LITTLE_MEMORY": "Start it from a stick, which needs less, or add memory.",
  "means.TOO_LITTLE_MEMORY-menu":
    "What is started from the network lies in memory, and that is not enough for it; nothing was loaded.",
  "do.TOO_LITTLE_MEMORY-menu":
    "Start it from a stick, which needs less, add memory, or correct `memory` of this entry in the file of `--menu`.",

  "seen.machine-says": (p: { text: string; code: string }) => `The machine says: ${p.text} (${p.code}).`,
  "means.MACHINE_PROBLEM": "The rescue system met this on the machine itself.",
  "do.MACHINE_PROBLEM": "Its screen, or serial line, has more. docs/errors.md lists the codes.",
};

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);
