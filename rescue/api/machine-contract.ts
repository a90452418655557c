import * as z from "zod";
import { Reason, route } from "#base/http/contract.ts";
import { Network } from "#base/medium/network.ts";
import { Place } from "#base/medium/place.ts";
import { Branding, Keyboard, LANGUAGES } from "#base/medium-settings.ts";
import { Said } from "#base/sentence.ts";
import { Link, WifiNetwork } from "#rescue/network/link.ts";

/**
 * The part of the API that is about the machine itself: network, places of images, clock, power, help. A part of contract.ts; no node:
 * import may appear here.
 */

const Empty = z.strictObject({});
/** Longer than anybody's password. */
const Password = z.string().min(1).max(4096);

/** A password that the settings need and nobody has given yet. */
const MissingSecret = z.object({
  name: z.string(),
  what: z.string(),
  said: Said.optional(),
  from: z.enum(["ask", "sealed"]),
});

export const SettingsState = z.object({
  language: z.enum(LANGUAGES),
  keyboard: Keyboard,
  timeZone: z.string(),
  /** How the medium calls itself; `hasLogo`: `logoPath` has its picture. */
  branding: Branding.omit({ logo: true }).extend({ hasLogo: z.boolean() }),
  /** locked: the medium has sealed passwords, and its passphrase is not known yet. */
  sealed: z.enum(["none", "locked", "open"]),
  missing: z.array(MissingSecret),
  /** Why the settings of the medium are not in force. */
  problem: Reason.optional(),
});
export type SettingsState = z.infer<typeof SettingsState>;

/** A picture, SVG or PNG. NOT_FOUND where the medium has none. */
export const logoPath = "/api/v1/settings/logo";

/** What the rescue system's own screen is set to. Another keyboard layout starts that screen anew. */
export const ScreenRequest = z.strictObject({
  language: z.enum(LANGUAGES).optional(),
  keyboard: Keyboard.optional(),
});
export type ScreenRequest = z.infer<typeof ScreenRequest>;

export const NetworkState = z.object({
  settings: Network,
  /** What the settings speak of, and how far it got. */
  entries: z.array(z.object({ name: z.string(), device: z.string().optional(), problem: Reason.optional() })),
  links: z.array(Link),
  dns: z.array(z.string()),
  searchDomains: z.array(z.string()),
});
export type NetworkState = z.infer<typeof NetworkState>;

const Room = z.object({ size: z.number(), free: z.number() });

export const PlaceState = z.object({
  id: z.string(),
  place: Place,
  /** no-answer: it is connected, and its server does not answer any more. */
  state: z.enum(["connected", "not-connected", "no-answer"]),
  /** Where the rescue system has it: a capture may go there. */
  folder: z.string().optional(),
  /** Bytes. Absent also where the server does not say, as for a bucket. */
  room: Room.optional(),
  /** It has less free room than the settings want. */
  isLow: z.boolean(),
  problem: Reason.optional(),
});
export type PlaceState = z.infer<typeof PlaceState>;

/** The password goes with the place, as a test is made before anything is kept. */
export const PlaceRequest = z.strictObject({ place: Place, password: Password.optional() });
export type PlaceRequest = z.infer<typeof PlaceRequest>;

export const PlaceTest = z.object({
  room: Room.optional(),
  isLow: z.boolean(),
  /** Present: images can be read there, but none written, and why. */
  readOnly: Reason.optional(),
});
export type PlaceTest = z.infer<typeof PlaceTest>;

export const ClockState = z.object({
  /** ISO 8601, UTC. */
  now: z.string(),
  timeZone: z.string(),
  source: z.enum(["rtc", "network", "manual"]),
  server: z.string().optional(),
  wrongBySeconds: z.number().optional(),
});
export type ClockState = z.infer<typeof ClockState>;

export const ClockRequest = z.strictObject({
  timeZone: z.string().min(1).max(100).optional(),
  now: z.iso.datetime().optional(),
});
export const ClockSyncRequest = z.strictObject({ server: z.string().min(1).max(253).optional() });

export const PowerState = z.object({
  percent: z.number().optional(),
  onBattery: z.boolean(),
  minutesLeft: z.number().optional(),
  warning: Reason.optional(),
});
export type PowerState = z.infer<typeof PowerState>;

export const RemoteState = z.object({
  pages: z.object({
    isOpen: z.boolean(),
    /** To be typed into the other browser. */
    code: z.string().optional(),
    addresses: z.array(z.string()),
    /** SHA-256 of the certificate, as browsers show it. */
    fingerprint: z.string().optional(),
    /** Browsers that gave the code. */
    sessions: z.int().nonnegative(),
  }),
  ssh: z.object({
    isRunning: z.boolean(),
    fingerprint: z.string().optional(),
    addresses: z.array(z.string()),
    /** Public keys of those who may log in. */
    keys: z.array(z.string()),
  }),
});
export type RemoteState = z.infer<typeof RemoteState>;

const MOST_KEYS = 50;
export const SshRequest = z.strictObject({ keys: z.array(z.string().min(1).max(4096)).max(MOST_KEYS) });

/** `medium`: the partition for data of the stick that this system was started from; else the id of a connected place. */
export const BundleRequest = z.strictObject({ to: z.string().min(1), withoutSerials: z.boolean() });
export const BundleReport = z.object({ path: z.string(), bytes: z.int(), missing: z.array(z.string()) });
export type BundleReport = z.infer<typeof BundleReport>;

export const machineApi = {
  settings: route("GET", "/api/v1/settings", Empty, SettingsState),
  /** Opens the passwords that are sealed in the medium. */
  unlockSettings: route("POST", "/api/v1/settings/unlock", z.strictObject({ passphrase: Password }), SettingsState),
  giveSecret: route(
    "POST",
    "/api/v1/settings/secret",
    z.strictObject({ name: z.string().min(1), secret: Password }),
    SettingsState,
  ),
  /** Keeps network, places and time zone on the stick; with a passphrase the passwords too, sealed with it. */
  keepSettings: route(
    "POST",
    "/api/v1/settings/keep",
    z.strictObject({ passphrase: Password.optional() }),
    SettingsState,
  ),

  /** In force at once; remembered on the stick where that has a partition for data. */
  setScreen: route("POST", "/api/v1/settings/screen", ScreenRequest, SettingsState),

  network: route("GET", "/api/v1/network", Empty, NetworkState),
  setNetwork: route("POST", "/api/v1/network", z.strictObject({ network: Network }), NetworkState),
  scanWifi: route("POST", "/api/v1/network/wifi-scan", Empty, z.array(WifiNetwork)),

  places: route("GET", "/api/v1/places", Empty, z.array(PlaceState)),
  /** Adds it, or takes the place of the one with its name, and connects it. */
  setPlace: route("POST", "/api/v1/places", PlaceRequest, z.array(PlaceState)),
  testPlace: route("POST", "/api/v1/places/test", PlaceRequest, PlaceTest),
  removePlace: route("POST", "/api/v1/places/:placeId/remove", Empty, z.array(PlaceState)),
  connectPlace: route("POST", "/api/v1/places/:placeId/connect", Empty, z.array(PlaceState)),
  disconnectPlace: route("POST", "/api/v1/places/:placeId/disconnect", Empty, z.array(PlaceState)),

  clock: route("GET", "/api/v1/clock", Empty, ClockState),
  setClock: route("POST", "/api/v1/clock", ClockRequest, ClockState),
  syncClock: route("POST", "/api/v1/clock/sync", ClockSyncRequest, ClockState),

  powerState: route("GET", "/api/v1/power", Empty, PowerState),

  remote: route("GET", "/api/v1/remote", Empty, RemoteState),
  setRemotePages: route("POST", "/api/v1/remote/pages", z.strictObject({ open: z.boolean() }), RemoteState),
  /** Starts the SSH server for the owners of these keys; without keys it is stopped. */
  setSsh: route("POST", "/api/v1/remote/ssh", SshRequest, RemoteState),

  saveBundle: route("POST", "/api/v1/support-bundle", BundleRequest, BundleReport),
} as const;

/** A .tar.gz to be kept or sent; `?serials=no` leaves out serial numbers. */
export const bundlePath = "/api/v1/support-bundle";
/** Over the network only: the code that the machine shows gives a cookie, and with that everything else is allowed. */
export const pair = route("POST", "/api/v1/pair", z.strictObject({ code: z.string().min(1).max(100) }), Empty);
