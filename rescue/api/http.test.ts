import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { CloneWishRequest } from "#imaging/wish/plan-clone-wish.ts";
import type { WishRequest } from "#imaging/wish/plan-wish.ts";
import { Problem } from "#rescue/api/contract.ts";
import { type Deps, httpApi } from "#rescue/api/http.ts";
import { JobRegistry } from "#rescue/jobs/job-registry.ts";
import { PlanStore } from "#rescue/jobs/plan-store.ts";
import { Restores } from "#rescue/jobs/restores.ts";
import { power } from "#rescue/power/power-actions.ts";
import {
  HandRestore,
  listen,
  memoryLog,
  sampleDisk,
  sampleFound,
  sampleImage,
  type TestServer,
} from "#test/doubles/rescue.ts";

const PLAN = "/api/v1/plans/restore";
const START = "/api/v1/jobs/restore";
const wish = { imageId: "image-1", targetId: "ata-TARGET_0001", options: { verifyTarget: true, salvage: false } };

let hand: HandRestore;
let done: string[];
let deps: Deps;
let server: TestServer;

function build(overrides: Partial<Deps> = {}): Deps {
  hand = new HandRestore();
  done = [];
  const jobs = new JobRegistry();
  const plans = new PlanStore();
  const listDisks = async () => [sampleDisk(), sampleDisk({ id: "usb-STICK_1", path: "/dev/sda" })];
  const images = {
    list: async () => [sampleFound()],
    rescan: async () => [sampleFound(), sampleFound({ id: "image-2" })],
    open: async () => sampleFound(),
    release: async () => {},
    revive: async () => {},
    unlock: async (_id: string, password: string) => {
      if (password === "right") return sampleFound({ protection: "unlocked" });
      const problem = "no password of the image is this one";
      throw new LifeboatError("IMAGE_UNLOCK_FAILED", { file: "office.lbi", tried: "the password", problem });
    },
  };
  const engine = {
    readManifest: async (path: string) => sampleImage(path),
    openImage: async (path: string) => sampleImage(path),
    planRestore,
    planWish: async (image: Image, disk: Disk, { context, options }: WishRequest) =>
      planRestore(image, disk, context, options),
    planCloneWish: async (source: Disk, disk: Disk, { context, options }: CloneWishRequest) =>
      planRestore(sampleImage(source.path), disk, context, options),
    readMachine: async () => ({}) as MachineHardware,
    checkConfirmation,
    restoreAndMend: hand.run,
  };
  return {
    system: async () => ({
      version: "0.1.0",
      hostname: "rescue",
      firmware: "uefi",
      secureBoot: true,
      memoryBytes: 1 << 30,
      isRescue: true,
    }),
    listDisks,
    images,
    plans,
    layouts: { plan: async () => ({ limits: [] }) },
    jobs,
    restores: new Restores({
      engine,
      images,
      unlock: async () => new Uint8Array(32),
      listDisks,
      undoPlace: async () => undefined,
      cloneUndoPlace: async () => undefined,
      version: "0.1.0",
      plans,
      jobs,
      log: memoryLog(),
    }),
    power: power({ isRescue: true, busyDisk: () => jobs.busyDisk(), run: async (action) => done.push(action) }),
    painted: async (page) => {
      done.push(`painted ${page}`);
    },
    logText: async () => "all that happened\n",
    log: memoryLog(),
    ...overrides,
  };
}

beforeEach(async () => {
  deps = build();
  server = await listen(httpApi(deps));
});
afterEach(() => server[Symbol.asyncDispose]());

const key = (value: string) => ({ "Idempotency-Key": value });
async function startedJob(keyValue = "k1") {
  const plan = (await server.post(PLAN, wish)).json;
  return server.post(START, { planId: plan.id, confirm: plan.target.id }, key(keyValue));
}

describe("routes", () => {
  it("tells about the machine and its disks", async () => {
    expect((await server.get("/api/v1/system")).json).toMatchObject({ firmware: "uefi", secureBoot: true });
    expect((await server.get("/api/v1/disks")).json.map((d: { id: string }) => d.id)).toEqual([
      "ata-TARGET_0001",
      "usb-STICK_1",
    ]);
  });

  it("lists images, looks again, and judges targets", async () => {
    expect((await server.get("/api/v1/images")).json).toHaveLength(1);
    expect((await server.post("/api/v1/images/rescan", {})).json).toHaveLength(2);
    const targets = (await server.get("/api/v1/images/image-1/targets")).json;
    expect(targets[0].refusal).toBeUndefined();
    expect(targets[1].refusal.code).toBe("TARGET_HOLDS_IMAGE");
  });

  it("plans, and shows the plan again", async () => {
    const made = await server.post(PLAN, wish);
    expect(made.status).toBe(200);
    expect((await server.get(`/api/v1/plans/${made.json.id}`)).json).toEqual(made.json);
  });

  it("starts, shows and cancels a job", async () => {
    const started = await startedJob();
    expect([started.status, started.json.state]).toEqual([202, "running"]);
    const path = `/api/v1/jobs/${started.json.id}`;
    expect((await server.get(path)).json.plan.id).toBe(started.json.plan.id);
    expect((await server.post(`${path}/cancel`, {})).json.state).toBe("cancelling");
    expect((await server.get("/api/v1/jobs")).json).toHaveLength(1);
    expect((await server.get(path)).json).toMatchObject({ state: "cancelled", problem: { code: "CANCELLED" } });
  });

  it("restarts the machine, but not under a job", async () => {
    expect((await server.post("/api/v1/power", { action: "restart" })).status).toBe(202);
    await startedJob();
    const refused = await server.post("/api/v1/power", { action: "shut-down" });
    expect([refused.status, refused.json.code]).toEqual([409, "JOB_BUSY"]);
    expect(done).toEqual(["restart"]);
  });

  it("takes note that the page is painted, and hands out the log", async () => {
    expect((await server.post("/api/v1/kiosk/painted", { page: "review" })).json).toEqual({});
    expect(done).toEqual(["painted review"]);
    const log = await server.get("/api/v1/log");
    expect(log.text).toBe("all that happened\n");
    expect(log.headers["content-disposition"]).toMatch(/^attachment; filename="lifeboat-log-.+-\d{4}-\d\d-\d\d\.txt"$/);
  });

  it("answers what it does not know with a problem", async () => {
    for (const path of [
      "/api/v1/nothing",
      "/nothing.html",
      "/api/v1/plans/x",
      "/api/v1/jobs/x",
      "/api/v1/jobs/x/events",
    ]) {
      const answer = await server.get(path);
      expect([path, answer.status, Problem.parse(answer.json).code]).toEqual([path, 404, "NOT_FOUND"]);
    }
  });

  it("serves the user interface", async () => {
    const ui = await mkdtemp(join(tmpdir(), "ui-"));
    await writeFile(join(ui, "index.html"), "<title>Lifeboat</title>");
    await using withUi = await listen(httpApi(build({ ui })));
    const page = await withUi.get("/");
    expect(page.text).toBe("<title>Lifeboat</title>");
    expect(page.headers["content-security-policy"]).toContain("default-src 'self'");
    expect((await withUi.get("/..%2f..%2fetc/passwd")).status).not.toBe(200);
    await rm(ui, { recursive: true });
  });
});

describe("requests", () => {
  it.each([
    ["an unknown field", PLAN, { ...wish, force: true }],
    ["an unknown option", PLAN, { ...wish, options: { ...wish.options, wipe: true } }],
    ["a missing field", PLAN, { imageId: "image-1" }],
    ["a wrong type", PLAN, { ...wish, targetId: 5 }],
    ["an unknown action", "/api/v1/power", { action: "explode" }],
    ["a body where none belongs", "/api/v1/images/rescan", { deep: true }],
    ["broken JSON", PLAN, "{"],
    ["a body that is too large", PLAN, { ...wish, imageId: "x".repeat(100_000) }],
  ])("with %s are refused", async (_what, path, body) => {
    const { status, json } = await server.post(path, body);
    expect([status, Problem.parse(json).code]).toEqual([400, "REQUEST_INVALID"]);
  });

  it("name the field that is wrong", async () => {
    const { json } = await server.post(PLAN, { ...wish, options: { verifyTarget: "yes", salvage: false } });
    expect(json.details.path).toBe("options.verifyTarget");
  });

  it("with a wrong confirmation start nothing", async () => {
    const plan = (await server.post(PLAN, wish)).json;
    const answer = await server.post(START, { planId: plan.id, confirm: "no" }, key("k"));
    expect([answer.status, answer.json.code, hand.started]).toEqual([409, "CONFIRM_MISMATCH", 0]);
  });

  it("that meet a fault of ours get no details of another kind, and it is logged", async () => {
    const log = memoryLog();
    const broken = build({ log, system: async () => ({ version: 1 }) as never });
    await using faulty = await listen(httpApi(broken));
    const answer = await faulty.get("/api/v1/system");
    expect([answer.status, Problem.parse(answer.json).code]).toEqual([500, "INTERNAL"]);
    expect(log.lines.map((line) => line.level)).toEqual(["error"]);
  });
});

describe("foreign pages", () => {
  it.each(["evil.example", "evil.example:80", "127.0.0.1:1", "127.0.0.1", "localhost.evil.example"])(
    "cannot come under the host %j",
    async (Host) => {
      const answer = await server.get("/api/v1/system", { Host });
      expect([400, 403]).toContain(answer.status);
      expect(answer.text).not.toContain("secureBoot");
    },
  );
  it("may use every loopback name", async () => {
    for (const name of ["localhost", "127.0.0.1", "[::1]"])
      expect((await server.get("/api/v1/system", { Host: `${name}:${server.port}` })).status).toBe(200);
  });
  it.each(["http://evil.example", "null", "https://127.0.0.1"])("cannot send from the origin %s", async (Origin) => {
    const answer = await server.post("/api/v1/power", { action: "restart" }, { Origin });
    expect([answer.status, answer.json.code, done]).toEqual([403, "FORBIDDEN", []]);
  });
  it("are told from our own", async () => {
    const Origin = `http://127.0.0.1:${server.port}`;
    expect((await server.post("/api/v1/kiosk/painted", { page: "image" }, { Origin })).status).toBe(200);
  });
  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])(
    "cannot send a form as %s",
    async (type) => {
      const answer = await server.post("/api/v1/power", { action: "restart" }, { "Content-Type": type });
      expect([answer.status, answer.json.code, done]).toEqual([400, "REQUEST_INVALID", []]);
    },
  );
  it("get headers that keep replies out of caches and frames", async () => {
    const { headers } = await server.get("/api/v1/system");
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  });
});

describe("a password", () => {
  const UNLOCK = "/api/v1/images/image-1/unlock";
  const logged = () => JSON.stringify((deps.log as ReturnType<typeof memoryLog>).lines);
  it("unlocks an image, or is refused with 403", async () => {
    const good = await server.post(UNLOCK, { password: "right" }, key("u1"));
    expect([good.status, good.json.protection]).toEqual([200, "unlocked"]);
    const bad = await server.post(UNLOCK, { password: "hunter2" }, key("u2"));
    expect([bad.status, bad.json.code]).toEqual([403, "IMAGE_UNLOCK_FAILED"]);
    expect(Problem.parse(bad.json).next).toMatch(/keyboard layout/);
    expect(bad.text).not.toContain("hunter2");
    expect(logged()).toContain("IMAGE_UNLOCK_FAILED");
    expect(logged()).not.toContain("hunter2");
  });
  it.each([
    {},
    { password: "" },
    { password: 7 },
    { password: "hunter2", more: 1 },
    { password: "hunter2".repeat(1000) },
  ])("of no use is refused before anything is tried", async (body) => {
    const answer = await server.post(UNLOCK, body);
    expect([answer.status, answer.json.code]).toEqual([400, "REQUEST_INVALID"]);
    expect(answer.text + logged()).not.toContain("hunter2");
  });
  it("in a request that is no JSON is quoted nowhere", async () => {
    const answer = await server.post(UNLOCK, '{"password": hunter2}');
    expect([answer.status, answer.json.code]).toEqual([400, "REQUEST_INVALID"]);
    expect(answer.text + logged()).not.toContain("hunter");
  });
});

describe("Idempotency-Key", () => {
  it("gives the same reply again, and no second job", async () => {
    const plan = (await server.post(PLAN, wish)).json;
    const request = { planId: plan.id, confirm: plan.target.id };
    const [first, second] = await Promise.all([
      server.post(START, request, key("k")),
      server.post(START, request, key("k")),
    ]);
    expect(first.status).toBe(202);
    expect(second.text).toBe(first.text);
    expect(hand.started).toBe(1);
    expect((await server.get("/api/v1/jobs")).json).toHaveLength(1);
  });
  it("may not be used for another request", async () => {
    await startedJob("k");
    const answer = await server.post(START, { planId: "plan-other", confirm: "x" }, key("k"));
    expect([answer.status, answer.json.details.path]).toEqual([400, "Idempotency-Key"]);
  });
  it("must be there to start a job", async () => {
    const answer = await server.post(START, { planId: "plan-1", confirm: "x" });
    expect([answer.status, answer.json.details.path]).toEqual([400, "Idempotency-Key"]);
  });
  it("of a new attempt is judged anew", async () => {
    const first = await startedJob("k1");
    expect(first.status).toBe(202);
    const again = await server.post(START, { planId: first.json.plan.id, confirm: "ata-TARGET_0001" }, key("k2"));
    expect([again.status, again.json.code]).toEqual([409, "JOB_BUSY"]);
  });
});
