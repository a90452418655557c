import { borg } from "./borg.ts";
import { dd } from "./dd.ts";
import { fsarchiver } from "./fsarchiver.ts";
import { ntfsclone } from "./ntfsclone.ts";
import { partclone } from "./partclone.ts";
import { qemuImg } from "./qemu-img.ts";
import type { Peer } from "./side.ts";

export const PEERS: readonly Peer[] = [partclone, dd, qemuImg, borg, fsarchiver, ntfsclone];
