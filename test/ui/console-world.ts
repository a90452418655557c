import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { decideRetention } from "#imaging/repository/retention.ts";
import type { RepositoryView, Role, SettingsView } from "#pxe/console/contract.ts";
import type { RetentionEngine } from "#pxe/console/retention.ts";
import type { Member } from "#pxe/fleet/deployment.ts";
import { openFleetStore } from "#pxe/fleet/open-fleet-store.ts";
import type { Happening } from "#pxe/machines/entry.ts";
import type { Sighting } from "#pxe/machines/sighting.ts";
import { TestConsole } from "#test/doubles/console.ts";
import { CAPTURE, sampleWanted } from "#test/doubles/sample-deployment.ts";

/** The console with people, machines, deployments and repositories in it: its own server, its own stores, nothing that is played. */

export const PASSWORD = "correct horse 7";
/** What a stranger can write into a DHCP option, a report or a list, to see whether a page takes it for markup. */
export const HOSTILE = `<img src=x onerror="document.title='owned'">`;
const GIB = 2 ** 30;

const PEOPLE: readonly (readonly [string, Role])[] = [
  ["anna", "admin"],
  ["otto", "operator"],
  ["vera", "viewer"],
];

const repositories = (folder: string): RepositoryView[] => [
  {
    ...{
      name: "repo",
      id: "6f0f4f0e-0000-4000-8000-000000000001",
      folder: join(folder, "repo"),
      bytes: 412 * GIB,
      isEncrypted: false,
    },
    points: [
      {
        name: "office-20261130T120000",
        createdAt: "2026-11-30T12:00:00.000Z",
        disk: { model: "Samsung SSD 970", size: 500e9 },
      },
      {
        name: "office-20261101T120000",
        createdAt: "2026-11-01T12:00:00.000Z",
        disk: { model: "Samsung SSD 970", size: 500e9 },
        note: "before the new printer",
      },
    ],
    growth: Array.from({ length: 30 }, (_, at) => ({
      ...{ day: `2026-11-${String(at + 1).padStart(2, "0")}`, points: at + 1 },
      bytes: (180 + at * 8 - (at > 20 ? 15 : 0)) * GIB,
    })),
  },
  {
    ...{
      name: "ward",
      id: "6f0f4f0e-0000-4000-8000-000000000002",
      folder: join(folder, "ward"),
      bytes: 90 * GIB,
      isEncrypted: true,
      points: [{ name: "ward-1" }],
    },
    growth: [{ day: "2026-11-30", bytes: 90 * GIB, points: 1 }],
  },
];

/** The engine's own decisions, about the points above; what it is said to delete stays there. */
const retention = (views: readonly RepositoryView[], pace: { until: Promise<void> }): RetentionEngine => {
  const decide: RetentionEngine["preview"] = async ({ id }, rules) => {
    const points = (views.find((one) => one.id === id)?.points ?? []).map(({ name, createdAt = "" }) => ({
      ...{ name, createdAt, path: name, diskId: "1", pinned: false },
    }));
    return decideRetention(points, rules).map(({ point: { name, createdAt }, reasons }) => ({
      ...{ name, createdAt, reasons: [...reasons] },
    }));
  };
  return {
    preview: decide,
    async apply(found, rules, confirm, { onProgress }) {
      const going = (await decide(found, rules)).filter(({ reasons }) => reasons.length === 0);
      const deleted = going.map(({ name }) => name);
      confirm(deleted);
      onProgress({ phase: "repack", ratio: 0.42 });
      await pace.until;
      return { deleted, freed: 0, later: 12 * GIB, warnings: [] };
    },
  };
};

const settings: SettingsView = {
  config: { pxe: { root: "/srv/lifeboat", interface: "eth0", dhcp: "proxy" } },
  channels: [
    {
      ...{ name: "mail", kind: "mail", to: "admins@example.org", kinds: ["job-failed", "server-trouble"], waiting: 2 },
      lastProblem: "NOTICE_NOT_SENT: the mail server does not answer",
    },
  ],
};

const macOf = (number: number): string => `52:54:00:00:00:${number.toString(16).padStart(2, "0")}`;

/** What happens at a start that ends well, a second apart. */
const START: readonly Happening[] = [
  { kind: "discover", mac: macOf(1), boots: true },
  { kind: "offer", mac: macOf(1), file: "bootx64.efi", address: "10.0.0.11" },
  {
    kind: "tftp",
    file: "bootx64.efi",
    bytes: 1_000_000,
    size: 1_000_000,
    seconds: 1.2,
    outcome: "complete",
    resent: 0,
    by: "lease",
  },
  {
    kind: "http",
    file: "live/vmlinuz",
    bytes: 9_000_000,
    seconds: 0.4,
    method: "GET",
    status: 200,
    isWhole: true,
    times: 1,
    by: "lease",
  },
  { kind: "kernel", file: "live/vmlinuz" },
  { kind: "up", text: "the rescue system is up" },
];

function sightings(now: number): Sighting[] {
  const of = (number: number, at: number, happening: Happening, more: Partial<Sighting> = {}): Sighting => ({
    ...{ at: now + at, mac: macOf(number), mayCreate: true, happening, ...more },
  });
  const facts = {
    firmware: "uefi",
    architecture: "x64",
    secureBoot: true,
    memory: 16 * GIB,
    address: "10.0.0.11",
  } as const;
  const kinds: readonly Happening[] = [
    { kind: "job", text: "a restore began" },
    { kind: "done", text: "the restore is done" },
    { kind: "problem", code: "JOB_FAILED", text: "the image cannot be read: no data for 30 s" },
    { kind: "no offer", mac: macOf(4), reason: "not approved" },
  ];
  return [
    ...START.map((happening, at) =>
      of(1, -60_000 + at * 1000, happening, {
        ...facts,
        serial: "SN0001",
        vendor: "Dell Inc.",
        product: "OptiPlex 7090",
      }),
    ),
    ...Array.from({ length: 40 }, (_, at) => of(at + 2, -30_000 + at, kinds[at % kinds.length] as Happening)),
    of(
      60,
      -20_000,
      { kind: "discover", mac: macOf(60), boots: true },
      { vendor: HOSTILE, product: HOSTILE, serial: "SN60" },
    ),
    of(60, -19_000, { kind: "problem", code: "X", text: HOSTILE }),
  ];
}

const SERVER_STATE = {
  ...{
    pid: 1,
    root: "/srv/lifeboat",
    interfaces: [
      { interface: "eth0", address: "10.0.0.1", cidr: "10.0.0.1/24", tftpPort: 69, httpPort: 80, dhcp: "proxy" },
      ...[{ interface: "enp130s0f1np1", address: "192.168.130.254", cidr: "192.168.130.254/24", isLost: true }].map(
        (one) => ({ ...one, tftpPort: 69, httpPort: 80, dhcp: "server" }),
      ),
    ],
  },
  ...{ loaders: { bios: "bios.0", x64: "bootx64.efi" }, script: "boot.ipxe", needsApproval: true },
};

/** Every state that a machine of a deployment can be in, over and over. */
function spread(member: Member, at: number, now: number): Member {
  // Beyond the end of the tests: none falls silent while they run, but the one that is.
  const heard = now + 3_600_000;
  const ways: readonly Partial<Member>[] = [
    {
      state: "running",
      tries: 1,
      heard,
      progress: { phase: "running", percent: (at * 7) % 100, text: "writing the data" },
    },
    { state: "done", tries: 1, progress: { phase: "done", percent: 100, text: "the restore is done" } },
    { state: "waiting" },
    {
      state: "running",
      tries: 2,
      heard: now - 300_000,
      progress: { phase: "running", percent: 42, text: "reading back" },
    },
    { state: "done", tries: 1, progress: { phase: "done", percent: 100, text: "the restore is done" } },
    { state: "running", tries: 1, heard, progress: { phase: "running", percent: 63, text: "writing the data" } },
    { state: "waiting", isHeld: true },
    ...(at < 10
      ? [
          {
            state: "failed",
            tries: 3,
            progress: { phase: "failed", percent: 12, text: HOSTILE, code: "IMAGE_DAMAGED" },
          } as const,
        ]
      : []),
    ...(at < 20 ? [{ state: "code", asking: [`${"A".repeat(43)}`] } as const] : []),
  ];
  return { ...member, ...ways[at % ways.length], since: now - 60_000 };
}

export interface World extends AsyncDisposable {
  readonly served: TestConsole;
  /** Who looks at it from now on is logged in. */
  readonly logIn: (context: BrowserContext, name: string) => Promise<void>;
  /** What applies rules from now on stands still in the middle. @returns lets it go on */
  readonly holdRetention: () => () => void;
}

export interface WorldOptions {
  readonly ui: string;
  /** Nobody and nothing is in it yet. */
  readonly isNew?: boolean;
}

export async function openWorld({ ui, isNew = false }: WorldOptions): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-world-"));
  await writeFile(join(folder, "lifeboat-rescue.iso"), Buffer.alloc(1_000_000));
  // Of a boot set that knows nothing of this server.
  await writeFile(join(folder, "boot.ipxe"), "#!ipxe\n");
  const fleetFile = join(folder, "machines.sqlite");
  const views = repositories(folder);
  const pace = { until: Promise.resolve() };
  const more = isNew ? {} : { repositories: views, retention: retention(views, pace), settings };
  const served = await TestConsole.open({ fleetFile, root: isNew ? join(folder, "none") : folder, ui, ...more });
  served.clock.now = Date.now();
  if (!isNew) await fill(served, fleetFile);
  return {
    served,
    async logIn(context, name) {
      const value = await served.access.logIn(name, PASSWORD, "127.0.0.1");
      await context.addCookies([{ name: "lifeboat-console", value, url: served.url }]);
    },
    holdRetention() {
      const { promise, resolve } = Promise.withResolvers<void>();
      pace.until = promise;
      return resolve;
    },
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

async function fill(served: TestConsole, fleetFile: string): Promise<void> {
  const { access, machines } = served;
  const { now } = served.clock;
  for (const [name, role] of PEOPLE) await access.addUser(name, role, PASSWORD);
  await access.createToken({ name: "backup", role: "viewer", days: 90 }, "anna");
  await machines.record(sightings(now));
  for (let number = 1; number <= 40; number++) {
    const [machine] = await machines.find(macOf(number));
    const name = `pc-${String(number).padStart(2, "0")}`;
    const approval = number % 5 === 0 ? "unknown" : "approved";
    if (machine) await machines.mark(machine.id, { name, group: "lab", approval });
  }
  const [hostile] = await machines.find(macOf(60));
  if (hostile) await machines.mark(hostile.id, { name: HOSTILE, note: HOSTILE });
  await machines.noteServer({ name: "server-1", at: now, state: SERVER_STATE });
  const headers = await served.as("operator");
  const nightly = { work: { ...CAPTURE, days: ["mon", "fri"] }, window: { from: "22:00", to: "05:00" } } as const;
  for (const body of [
    sampleWanted("Lab 5", { machines: { group: "lab" }, admission: "code" }),
    sampleWanted("Nightly", { ...nightly, machines: { group: "office" } }),
  ]) {
    const { status } = await served.call("createDeployment", { body, headers });
    if (status !== 200) throw new Error(`the deployment ${body.name} was refused`);
  }
  await using store = await openFleetStore(fleetFile);
  await store.change(async (rows) => {
    const lab = await rows.findDeployment("Lab 5");
    const members = lab ? await rows.members([lab]) : [];
    await rows.saveMembers(members.map((member, at) => spread(member, at, now)));
  });
}
