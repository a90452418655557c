import { entry } from "#base/errors/entry.ts";

const NOT_SERVED = "Nothing is offered to the network, and nothing was changed.";

/** What starts computers from the network. */
export const pxeErrors = {
  PXE_PORT_TAKEN: entry<{ service: string; address: string; port: number; owner: string }>(
    409,
    3,
    (d) => `${d.service} cannot use port ${d.port} of ${d.address}: ${d.owner} has it`,
    NOT_SERVED,
    "Stop that program (`ss -lunp` and `ss -ltnp` as root name it), or serve from another machine. A DHCP server and this one cannot share a machine.",
  ),
  PXE_PORT_DENIED: entry<{ service: string; port: number }>(
    403,
    3,
    (d) => `${d.service} may not use port ${d.port}: ports below 1024 are for root`,
    NOT_SERVED,
    "Run it as root, or give Node the capability to bind low ports (CAP_NET_BIND_SERVICE).",
  ),
  PXE_ADDRESS_UNKNOWN: entry<{ address: string; have: string }>(
    404,
    2,
    (d) => `this machine has no interface or IPv4 address ${d.address}; it has ${d.have}`,
    NOT_SERVED,
    "Give the address, or the name of the interface, that the computers which start are connected to.",
  ),
  PXE_INTERFACES_CLASH: entry<{ one: string; other: string; reason: string }>(
    409,
    2,
    (d) => `${d.one} and ${d.other} cannot be served at the same time: ${d.reason}`,
    NOT_SERVED,
    "Name each network card once, and cards of different networks: of two in one network nobody can tell whose a question is.",
  ),
  PXE_INTERFACE_LOST: entry<{ interface: string; address: string; reason: string }>(
    503,
    3,
    (d) => `nothing is offered at ${d.interface} (${d.address}) any more: ${d.reason}`,
    "Other network cards of this server go on. What computers have loaded so far is theirs; their disks were not touched.",
    "Give the card its address back: it is served again by itself, some seconds later.",
  ),
  PXE_ROOT_MISSING: entry<{ root: string; reason: string }>(
    404,
    2,
    (d) => `${d.root} cannot be offered: ${d.reason}`,
    NOT_SERVED,
    "Make the folder with `lifeboat media pxe --out DIR`, or name the one that it made.",
  ),
  PXE_SOCKET_FAILED: entry<{ service: string; address: string; port: number; reason: string }>(
    500,
    3,
    (d) => `${d.service} cannot use ${d.address} port ${d.port}: ${d.reason}`,
    "Nothing is offered any more. What computers have loaded so far is theirs; their disks were not touched.",
    "Check that the network interface is up and still has its address, and start it again.",
  ),
  SWARM_FAILED: entry<{ origin: string; file: string; reason: string }>(
    502,
    6,
    (d) => `${d.file === "" ? "nothing more" : d.file} can be loaded from ${d.origin}: ${d.reason}`,
    "What was restored so far is on the disk, and can be gone on with.",
    "Check that the server is on and reachable from this computer; the job goes on when it is back.",
  ),
  PXE_MACHINES_FAILED: entry<{ place: string; reason: string }>(
    500,
    3,
    (d) => `the machines in ${d.place} cannot be read or written: ${d.reason}`,
    "What was kept there before is as it was.",
    "Check the disk, or the database server and its network. A damaged file may be moved away: machines come back when they ask again, without what people said of them.",
  ),
  PXE_MACHINE_UNKNOWN: entry<{ machine: string }>(
    404,
    2,
    (d) => `no machine is known as ${d.machine}`,
    "Nothing was changed.",
    "See them with `lifeboat pxe machines list`. A machine is called by its name, MAC, UUID, serial number, or number (#12).",
  ),
  PXE_MACHINE_AMBIGUOUS: entry<{ machine: string; found: string }>(
    409,
    2,
    (d) => `${d.machine} means several machines: ${d.found}`,
    "Nothing was changed.",
    "Call it by a MAC, or by its number (#12).",
  ),
  PXE_MACHINE_NAME_TAKEN: entry<{ name: string; owner: string }>(
    409,
    2,
    (d) => `the name ${d.name} is that of ${d.owner} already`,
    "Nothing was changed.",
    "Give it another name, or take the name from the other machine first (`lifeboat pxe machines name MACHINE ''`).",
  ),
  PXE_IMPORT_INVALID: entry<{ source: string; problems: string }>(
    400,
    2,
    (d) => `${d.source}: ${d.problems}`,
    "No machine was added or changed: a list counts as a whole.",
    "Correct these lines. `lifeboat pxe machines export` shows how a list looks.",
  ),
  PXE_DHCP_INVALID: entry<{ source: string; problems: string }>(
    400,
    2,
    (d) => `${d.source}: ${d.problems}`,
    NOT_SERVED,
    "Correct it. docs/pxe.md has an example of each option, and of a file with several networks.",
  ),
  PXE_MENU_INVALID: entry<{ source: string; problems: string }>(
    400,
    2,
    (d) => `${d.source}: ${d.problems}`,
    NOT_SERVED,
    "Correct it. docs/pxe.md has a menu with each kind of entry.",
  ),
  PXE_STATE_FAILED: entry<{ file: string; reason: string }>(
    500,
    3,
    (d) => `the leases in ${d.file} cannot be read or written: ${d.reason}`,
    "No address is given out that is not noted there; what clients have, they keep until its time is over.",
    "Another `pxe serve` may have it open: stop that. Check the disk. A damaged file may be moved away: addresses in use are then found by asking in the network.",
  ),
} as const;
