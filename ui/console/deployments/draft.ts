import type { IdentityPreview, Machine } from "#pxe/console/contract.ts";
import type { Body } from "#ui/console/api/routes.ts";
import type { PlainConsoleKey } from "#ui/console/i18n/index.ts";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

/** A deployment as it is being written. Numbers are text, as they were typed. */
export interface Draft {
  readonly kind: "restore" | "capture";
  readonly name: string;
  readonly by: "list" | "group" | "next";
  /** Ids. */
  readonly machines: ReadonlySet<number>;
  readonly group: string;
  readonly next: string;
  /** Of a repository of this server; "": another one, in `address`; undefined: nobody has chosen. */
  readonly point: string | undefined;
  readonly address: string;
  readonly disk: "only" | "largest" | "smallest";
  readonly layout: "keep" | "fill" | "shrink";
  readonly universal: boolean;
  readonly naming: "keep" | "pattern" | "each" | "list";
  readonly pattern: string;
  /** CSV with what is a machine's own, and a pattern for those without a line; "": they are called as in the image. */
  readonly list: string;
  readonly rest: string;
  /** What the server made of the list, and of which one (`listKey`). */
  readonly names: { readonly of: string; readonly preview: IdentityPreview } | undefined;
  /** By machine. */
  readonly hostnames: ReadonlyMap<number, string>;
  readonly verify: boolean;
  readonly delta: boolean;
  /** Of the image, or of the repository that is captured into. */
  readonly password: string;
  readonly place: "smb" | "nfs" | "sftp" | "s3";
  /** Of a bucket the address of its server; "" is Amazon's. */
  readonly server: string;
  /** Of SMB its share, of NFS and SFTP a path, of S3 the bucket. */
  readonly share: string;
  readonly folder: string;
  readonly region: string;
  /** Of a bucket the id of its access key. */
  readonly user: string;
  readonly placePassword: string;
  readonly repository: string;
  readonly leaveOut: boolean;
  readonly days: ReadonlySet<Day>;
  readonly from: string;
  readonly to: string;
  readonly wake: boolean;
  readonly bootOnce: boolean;
  readonly afterwards: "stay" | "restart" | "shut-down";
  readonly atOnce: string;
  readonly retries: string;
  readonly priority: string;
  readonly countdown: string;
  /** MiB in a second. */
  readonly limit: string;
  readonly limitEach: string;
  readonly admission: "" | "network" | "code";
}

export const EMPTY: Draft = {
  ...{
    kind: "restore",
    name: "",
    by: "list",
    machines: new Set(),
    group: "",
    next: "10",
    point: undefined,
    address: "",
  },
  ...{ disk: "only", layout: "keep", universal: false, naming: "keep", pattern: "pc-{n:02}", hostnames: new Map() },
  ...{ list: "", rest: "", names: undefined },
  ...{ verify: true, delta: false, password: "", place: "smb", server: "", share: "" },
  ...{ folder: "", region: "", user: "" },
  ...{ placePassword: "", repository: "", leaveOut: false, days: new Set(), from: "", to: "", wake: false },
  ...{ bootOnce: true, afterwards: "restart", atOnce: "", retries: "2", priority: "0", countdown: "30" },
  ...{ limit: "", limitEach: "", admission: "" },
};

/** A whole number within its limits; undefined: it is none. */
function whole(text: string, least: number, most: number): number | undefined {
  const number = Number(text.trim());
  return /^-?\d{1,6}$/.test(text.trim()) && number >= least && number <= most ? number : undefined;
}

const HOSTNAME = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/;
const PATTERN = /^([A-Za-z0-9-]|\{n(:0?\d)?\}|\{name\}|\{serial\})+$/;
const MIB = 2 ** 20;

/** Machines are given a password. */
export const hasSecret = (draft: Draft): boolean =>
  draft.password !== "" || (draft.kind === "capture" && draft.place !== "nfs" && draft.placePassword !== "");

export const pointOf = ({ point, address }: Draft): string => point || address.trim();

function missingRestore(draft: Draft): PlainConsoleKey | undefined {
  if (pointOf(draft) === "") return "missing.point";
  if (draft.naming === "pattern" && !PATTERN.test(draft.pattern)) return "missing.pattern";
  if (draft.naming === "list") return missingList(draft);
  if (draft.naming !== "each") return undefined;
  const names = [...draft.machines].map((id) => draft.hostnames.get(id)?.trim() ?? "");
  if (names.some((name) => !HOSTNAME.test(name))) return "missing.hostname";
  return new Set(names.map((name) => name.toLowerCase())).size < names.length ? "missing.hostname-twice" : undefined;
}

function missingList(draft: Draft): PlainConsoleKey | undefined {
  if (draft.list.trim() === "") return "missing.list";
  if (draft.rest !== "" && !PATTERN.test(draft.rest)) return "missing.pattern";
  if (draft.names?.of !== listKey(draft)) return "missing.list-looking";
  return draft.names.preview.problems.length > 0 ? "missing.list-wrong" : undefined;
}

function missingBucket({ server, region, share, user, placePassword }: Draft): PlainConsoleKey | undefined {
  if (server.trim() === "" && region.trim() === "") return "missing.region";
  if (share.trim() === "") return "missing.bucket";
  if (user.trim() === "") return "missing.access-key";
  return placePassword === "" ? "missing.secret-key" : undefined;
}

function missingShare(draft: Draft): PlainConsoleKey | undefined {
  if (draft.place === "s3") return missingBucket(draft);
  if (draft.server.trim() === "") return "missing.server";
  if (draft.place === "smb" && draft.share.trim() === "") return "missing.share";
  if (draft.place === "nfs" && !draft.share.startsWith("/")) return "missing.path";
  if (draft.place === "sftp" && draft.user.trim() === "") return "missing.user";
  if (draft.place !== "nfs" && draft.user.trim() !== "" && draft.placePassword === "") return "missing.place-password";
  return undefined;
}

function missingCapture(draft: Draft): PlainConsoleKey | undefined {
  const missing = missingShare(draft);
  if (missing) return missing;
  return draft.days.size > 0 && draft.from === "" ? "missing.window" : undefined;
}

const NUMBERS = [
  ...([
    ["retries", 0, 20],
    ["priority", -100, 100],
    ["countdown", 0, 3600],
  ] as const),
  ...([
    ["atOnce", 1, 5000],
    ["limit", 1, 100_000],
    ["limitEach", 1, 100_000],
  ] as const),
];
/** Empty: without a limit. */
const MAY_BE_EMPTY: readonly string[] = ["atOnce", "limit", "limitEach"];

/** What has to be said before it can begin; undefined: it is all there, as far as this page can tell. */
export function missingIn(draft: Draft): PlainConsoleKey | undefined {
  if (draft.name.trim() === "") return "missing.name";
  const own = draft.kind === "restore" ? missingRestore(draft) : missingCapture(draft);
  if (own) return own;
  if (draft.by === "list" && draft.machines.size === 0) return "missing.machines";
  if (draft.by === "group" && draft.group.trim() === "") return "missing.group";
  if (draft.by === "next" && whole(draft.next, 1, 5000) === undefined) return "missing.next";
  if ((draft.from === "") !== (draft.to === "") || (draft.from !== "" && draft.from === draft.to))
    return "missing.window";
  for (const [name, least, most] of NUMBERS) {
    const text = draft[name];
    if (text.trim() === "" && MAY_BE_EMPTY.includes(name)) continue;
    if (whole(text, least, most) === undefined) return `missing.${name}`;
  }
  return hasSecret(draft) && draft.admission === "" ? "missing.admission" : undefined;
}

type Wanted = Body<"createDeployment">["spec"];

/** Which machines; undefined: nobody has said it yet. */
function selectionOf(draft: Draft): Wanted["machines"] | undefined {
  if (draft.by === "list")
    return draft.machines.size > 0 ? { machines: [...draft.machines].map((id) => `#${id}`) } : undefined;
  if (draft.by === "group") return draft.group.trim() === "" ? undefined : { group: draft.group.trim() };
  const next = whole(draft.next, 1, 5000);
  return next === undefined ? undefined : { next };
}

/** What the server is asked about a list of names. */
export function listAsked(draft: Draft): Body<"previewIdentities"> {
  const hostnames = PATTERN.test(draft.rest) ? draft.rest : undefined;
  return { list: draft.list, ...given({ machines: selectionOf(draft), hostnames }) };
}
/** The same in a word: the answer to another one is none. */
export const listKey = (draft: Draft): string => JSON.stringify(listAsked(draft));

/** The keys that have a value. */
const given = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

function restoreOf(draft: Draft): Wanted["work"] {
  const { disk, layout, universal, verify, delta, naming, pattern } = draft;
  const identity = naming === "keep" ? "keep" : "new";
  return {
    kind: "restore",
    point: pointOf(draft),
    template: { to: disk, layout, universal, identity, verify, delta },
    ...(naming === "pattern" && { hostnames: pattern }),
    ...(naming === "list" && draft.rest !== "" && { hostnames: draft.rest }),
    ...(naming === "list" && { identities: draft.names?.preview.identities }),
    ...(naming === "each" && {
      identities: [...draft.machines].map((id) => ({ machine: `#${id}`, hostname: draft.hostnames.get(id)?.trim() })),
    }),
  };
}

function placeOf(draft: Draft) {
  const [server, share, user] = [draft.server.trim(), draft.share.trim(), draft.user.trim()];
  const [name, folder] = [draft.name.trim(), draft.folder.trim()];
  if (draft.place === "s3") {
    const where = { endpoint: server || undefined, region: draft.region.trim() || undefined };
    return { kind: "s3" as const, name, ...given(where), bucket: share, folder, accessKeyId: user };
  }
  if (draft.place === "nfs") return { kind: "nfs" as const, name, server, path: share };
  if (draft.place === "sftp") return { kind: "sftp" as const, name, server, path: share, user };
  return { kind: "smb" as const, name, server, share, folder, ...(user !== "" && { user }) };
}

function captureOf(draft: Draft): Wanted["work"] {
  return {
    ...{ kind: "capture", from: draft.disk, place: placeOf(draft), repository: draft.repository.trim() },
    leaveOutPageFiles: draft.leaveOut,
    ...(draft.days.size > 0 && { days: DAYS.filter((day) => draft.days.has(day)) }),
  };
}

/** What the server is asked for. @param draft nothing is missing in it */
export function wantedOf(draft: Draft): Body<"createDeployment"> {
  const machines = selectionOf(draft) ?? { machines: [] };
  const rate = (text: string) => (text.trim() === "" ? undefined : Number(text) * MIB);
  const isCapture = draft.kind === "capture";
  return {
    name: draft.name.trim(),
    spec: {
      ...{
        work: isCapture ? captureOf(draft) : restoreOf(draft),
        machines,
        wake: draft.wake,
        bootOnce: draft.bootOnce,
      },
      ...{ priority: Number(draft.priority), retries: Number(draft.retries), afterwards: draft.afterwards },
      countdownSeconds: Number(draft.countdown),
      ...given({
        window: draft.from === "" ? undefined : { from: draft.from, to: draft.to },
        mostAtOnce: draft.atOnce.trim() === "" ? undefined : Number(draft.atOnce),
        ...{ limit: rate(draft.limit), limitEach: rate(draft.limitEach) },
        admission: draft.admission === "" ? undefined : draft.admission,
      }),
    },
    secrets: given({
      password: draft.password === "" ? undefined : draft.password,
      placePassword: isCapture && draft.place !== "nfs" && draft.placePassword !== "" ? draft.placePassword : undefined,
    }),
  } satisfies Body<"createDeployment">;
}

/** How many disks may be erased, as far as that is known now. */
export function countOf(draft: Draft, machines: readonly Machine[]): number {
  if (draft.by === "list") return draft.machines.size;
  if (draft.by === "next") return whole(draft.next, 1, 5000) ?? 0;
  return machines.filter(({ group }) => group === draft.group.trim()).length;
}

/** What has to be typed before disks are erased: how many, or of which group, whose machines may become more. */
export const wordsFor = (draft: Draft, machines: readonly Machine[]): string =>
  draft.by === "group" ? draft.group.trim() : String(countOf(draft, machines));
