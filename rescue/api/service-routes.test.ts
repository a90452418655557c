import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { failure } from "#base/http/answer.ts";
import { Idempotency } from "#base/http/idempotency.ts";
import { Problem } from "#rescue/api/contract.ts";
import { server as routes } from "#rescue/api/route.ts";
import { type ServiceDeps, serviceRoutes } from "#rescue/api/service-routes.ts";
import { parseCommandLine } from "#rescue/command-line.ts";
import { RemotePages } from "#rescue/remote/remote-pages.ts";
import { openServices, type Services } from "#rescue/services.ts";
import { listen, memoryLog, type TestServer } from "#test/doubles/rescue.ts";

let folder: string;
let services: Services;
let server: TestServer;
let done: string[];

const NAS = { kind: "smb", name: "NAS", server: "nas", share: "images", user: "anna" };

async function open(isRescue: boolean, changes: Partial<Services> = {}): Promise<void> {
  const log = memoryLog();
  const app = express().use(express.json());
  const options = parseCommandLine(["--run", join(folder, "run"), "--settings", join(folder, "settings.json")]);
  services = { ...(await openServices(options, log)), ...changes };
  const deps: ServiceDeps = {
    ...{ services, isRescue, refresh: () => done.push("refresh"), rescan: async () => done.push("rescan") },
    pages: new RemotePages({ app: () => express(), port: 0, log }),
    bundle: async (to, { withoutSerials }) => {
      const path = join(to, `bundle-${withoutSerials}.tar.gz`);
      await writeFile(path, "packed");
      return { path, bytes: 6, missing: [] };
    },
  };
  serviceRoutes(app, routes(app, new Idempotency(), log), deps);
  app.use(((error, request, response, _next) => {
    const { status, body } = failure(error, request, log);
    response.status(status).json(body);
  }) as express.ErrorRequestHandler);
  server = await listen(app);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "services-"));
  done = [];
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const codeOf = async (path: string, body: unknown) => Problem.parse((await server.post(path, body)).json).code;

describe("on a computer that only runs our server", () => {
  beforeEach(() => open(false));
  it.each([
    ["network", "/api/v1/network", { network: {} }],
    ["Wi-Fi", "/api/v1/network/wifi-scan", {}],
    ["clock", "/api/v1/clock", { timeZone: "Asia/Tokyo" }],
    ["clock, from the network", "/api/v1/clock/sync", {}],
    ["mounts", "/api/v1/places", { place: NAS }],
    ["mounts, for a test", "/api/v1/places/test", { place: NAS, password: "x" }],
    ["shell", "/api/v1/remote/ssh", { keys: [] }],
  ])("its %s stays as it is", async (_what, path, body) => expect(await codeOf(path, body)).toBe("FORBIDDEN"));

  it("what it is can be seen", async () => {
    expect((await server.get("/api/v1/settings")).json).toEqual({
      ...{ language: "en", timeZone: "UTC", sealed: "none", missing: [] },
      keyboard: { layout: "us", variant: "" },
      branding: { name: "Lifeboat", colours: {}, hasLogo: false },
    });
    expect((await server.get("/api/v1/settings/logo")).json.code).toBe("NOT_FOUND");
    expect((await server.get("/api/v1/places")).json).toEqual([]);
    expect((await server.get("/api/v1/clock")).json).toMatchObject({ source: "rtc", timeZone: "UTC" });
    expect((await server.get("/api/v1/power")).json).toMatchObject({ onBattery: expect.any(Boolean) });
    expect((await server.get("/api/v1/network")).json.links.length).toBeGreaterThan(0);
  });
});

describe("in the rescue system", () => {
  it("new network settings are in force at once, and what needs a network is looked at again", async () => {
    const applied: unknown[] = [];
    const network = {
      apply: async () => void applied.push(services.settings.current.network.interfaces),
      view: async () => ({ entries: [], links: [], dns: [], searchDomains: [] }),
    } as unknown as Services["network"];
    await open(true, { network });
    const interfaces = [{ kind: "ethernet", name: "lan", ipv4: { address: "192.0.2.7/24" } }];
    const answer = await server.post("/api/v1/network", { network: { interfaces } });
    expect(answer.json.settings.interfaces[0]).toMatchObject({ name: "lan", ipv4: { address: "192.0.2.7/24" } });
    expect(applied).toHaveLength(1);
    expect(done).toEqual(["refresh"]);
    expect(await codeOf("/api/v1/network", { network: { interfaces: [{ kind: "ethernet", name: "a b" }] } })).toBe(
      "REQUEST_INVALID",
    );
  });

  it("a share is kept with its password, connected, and searched; one that cannot be connected stays in the list", async () => {
    const calls: string[] = [];
    const shares = {
      list: async () => [],
      disconnect: async (id: string) => void calls.push(`disconnect ${id}`),
      connect: async (id: string) => {
        calls.push(`connect ${id}`);
        if (services.settings.current.places.some(({ readOnly }) => readOnly))
          throw new LifeboatError("SHARE_MISSING", { server: "nas", share: "images" });
      },
    } as unknown as Services["shares"];
    await open(true, { shares });
    expect((await server.post("/api/v1/places", { place: NAS, password: "hunter2" })).status).toBe(200);
    expect(calls).toEqual(["disconnect NAS", "connect NAS"]);
    expect(services.secrets.get('["smb","nas","images","","anna"]')).toBe("hunter2");
    expect(done).toEqual(["rescan"]);
    expect(await codeOf("/api/v1/places", { place: { ...NAS, readOnly: true }, password: "x" })).toBe("SHARE_MISSING");
    expect(services.settings.current.places).toMatchObject([{ name: "NAS", readOnly: true }]);
    await server.post("/api/v1/places/NAS/remove", {});
    expect(services.settings.current.places).toEqual([]);
  });

  it("only what can be mounted is taken for a share", async () => {
    await open(true);
    const http = { kind: "http", name: "web", url: "https://example.org/x" };
    expect(await codeOf("/api/v1/places", { place: http })).toBe("REQUEST_INVALID");
    expect(await codeOf("/api/v1/places", { place: { ...NAS, share: "a/b" } })).toBe("REQUEST_INVALID");
  });

  it("a password is taken that the settings speak of, and no other", async () => {
    await writeFile(join(folder, "settings.json"), JSON.stringify({ places: [NAS] }));
    await open(true);
    const [missing] = (await server.get("/api/v1/settings")).json.missing;
    expect(missing).toEqual({
      ...{ name: '["smb","nas","images","","anna"]', what: "the password for NAS", from: "ask" },
      said: { key: "secret.place", values: { name: "NAS" } },
    });
    const given = await server.post("/api/v1/settings/secret", { name: missing.name, secret: "hunter2" });
    expect([given.json.missing, done]).toEqual([[], ["refresh"]]);
    expect(await codeOf("/api/v1/settings/secret", { name: "x", secret: "y" })).toBe("NOT_FOUND");
    expect(await codeOf("/api/v1/settings/unlock", { passphrase: "x" })).toBe("PASSPHRASE_WRONG");
  });

  it("a medium's own name, colours and picture", async () => {
    const branding = { name: "Müller & Co", logo: "logo.svg", colours: { accent: "#1a5fb4" } };
    await writeFile(join(folder, "settings.json"), JSON.stringify({ branding }));
    await writeFile(join(folder, "logo.svg"), "<svg/>");
    await open(true);
    expect((await server.get("/api/v1/settings")).json.branding).toEqual({
      ...{ name: "Müller & Co", colours: { accent: "#1a5fb4" }, hasLogo: true },
    });
    const { status, headers, text } = await server.get("/api/v1/settings/logo");
    expect([status, headers["content-type"], text]).toEqual([200, "image/svg+xml", "<svg/>"]);
  });

  it("settings that cannot be understood are named", async () => {
    await writeFile(join(folder, "settings.json"), "{");
    await open(true);
    expect((await server.get("/api/v1/settings")).json.problem.code).toBe("SETTINGS_INVALID");
  });

  it("a support bundle is downloaded and not left behind, or goes to the stick", async () => {
    await open(true);
    const bundles = async () => (await readdir(tmpdir())).filter((name) => name === "bundle-true.tar.gz");
    const answer = await server.get("/api/v1/support-bundle?serials=no");
    expect([answer.text, answer.headers["content-disposition"]]).toEqual([
      "packed",
      "attachment; filename=bundle-true.tar.gz",
    ]);
    await expect.poll(bundles).toEqual([]);
    const codeFor = (to: string) => codeOf("/api/v1/support-bundle", { to, withoutSerials: false });
    expect(await codeFor("nowhere")).toBe("NOT_FOUND");
    // A folder where a stick would be mounted is memory.
    expect(await codeFor("medium")).toBe("SETTINGS_NOT_KEPT");
    expect(await codeOf("/api/v1/settings/keep", {})).toBe("SETTINGS_NOT_KEPT");
  });

  it("a time zone that is none is refused", async () => {
    await open(true);
    expect(await codeOf("/api/v1/clock", { timeZone: "Europe/Atlantis" })).toBe("REQUEST_INVALID");
  });
});
