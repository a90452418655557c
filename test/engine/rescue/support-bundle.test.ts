import { appendFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runTool } from "#imaging/system/run-tool.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace } from "#test/engine/image/workspace.ts";
import { startRescueServer } from "#test/engine/rescue/rescue-server.ts";

const SHARE_PASSWORD = `Kä se;"zwieback' 14`;
const WIFI_PASSWORD = "wlan & söhne, 8";
const IMAGE_PASSWORD = "Möwen über dem Deich";
const KERNEL_SECRET = "kernel5ecret";
const WIFI = '["wifi","Büro"]';
const NAS = '["smb","nas","images","","anna"]';

const SETTINGS = {
  network: { interfaces: [{ kind: "wifi", name: "air", ssid: "Büro" }] },
  places: [{ kind: "smb", name: "NAS", server: "nas", share: "images", user: "anna" }],
};

/** What programs may have written of a password into a log: each is in the log before the bundle is made. */
const forms = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret);
  return [
    secret,
    json,
    JSON.stringify(json),
    encodeURIComponent(secret),
    bytes.toString("hex"),
    bytes.toString("base64"),
  ];
};

/** The parts by which any of the forms would be recognised. */
const TRACES = [
  ...[
    /K(ä|%C3%A4)(\s|%20)se/i,
    /zwieback/,
    /s(ö|%C3%B6)hne/i,
    /M(ö|%C3%B6)wen/i,
    /kernel5ecret/,
    /planted-private-key/,
  ],
  ...[SHARE_PASSWORD, WIFI_PASSWORD, IMAGE_PASSWORD].flatMap((secret) => {
    const bytes = Buffer.from(secret);
    return [new RegExp(bytes.toString("hex").slice(4, -4), "i"), new RegExp(bytes.toString("base64").slice(4, 14))];
  }),
];

async function unpack(bundle: string, to: string): Promise<Map<string, string>> {
  await mkdir(to);
  await runTool("tar", ["-C", to, "-xzf", bundle], "unpack the bundle");
  const entries = await readdir(to, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(to.length + 1), await readFile(file, "utf8")] as const),
  );
  return new Map(texts.map(([name, text]) => [name.replace(/^[^/]+\//, ""), text]));
}

it("has what a helper needs, and none of the secrets that were planted wherever one could be", async () => {
  await using work = await openWorkspace();
  const log = work.path("server.jsonl");
  const disk = await noisyDisk(work.path("source.raw"), 8 << 20, 1);
  await writeFile(work.path("password"), IMAGE_PASSWORD);
  await lifeboatJson(
    "capture",
    disk,
    "--to",
    work.path("office.lbi"),
    "--encrypt",
    "--password-file",
    work.path("password"),
  );
  await writeFile(work.path("settings.json"), JSON.stringify(SETTINGS));
  await mkdir(work.path("reports"));
  await writeFile(work.path("reports/restore-1.json"), JSON.stringify({ note: `was ${SHARE_PASSWORD}` }));
  const kept = ["--run", work.path("run"), "--reports", work.path("reports"), "--log", log, "--remote-port", "0"];
  await using server = await startRescueServer(
    "--disk",
    disk,
    "--images",
    work.folder,
    "--settings",
    work.path("settings.json"),
    ...kept,
  );
  for (const [name, secret] of [
    [WIFI, WIFI_PASSWORD],
    [NAS, SHARE_PASSWORD],
  ])
    expect((await server.post("/api/v1/settings/secret", { name, secret })).status).toBe(200);
  const [image] = (await server.get("/api/v1/images")).json as { id: string }[];
  expect((await server.post(`/api/v1/images/${image?.id}/unlock`, { password: IMAGE_PASSWORD })).status).toBe(200);
  await server.post("/api/v1/places/test", { place: SETTINGS.places[0], password: SHARE_PASSWORD });
  const { code } = ((await server.post("/api/v1/remote/pages", { open: true })).json as { pages: { code: string } })
    .pages;
  for (const secret of [SHARE_PASSWORD, WIFI_PASSWORD])
    for (const form of forms(secret)) await appendFile(log, `{"msg":"a tool said ${form}"}\n`);
  await appendFile(log, `password=${IMAGE_PASSWORD.split(" ")[0]} pairing ${code}\n`);
  await appendFile(
    log,
    "-----BEGIN OPENSSH PRIVATE KEY-----\nplanted-private-key\n-----END OPENSSH PRIVATE KEY-----\n",
  );
  await writeFile("/dev/kmsg", `lifeboat test: lifeboat.password=${KERNEL_SECRET} lifeboat.id=7\n`);

  const bundle = work.path("help.tar.gz");
  const made = await lifeboatJson<{ from: string }>("support-bundle", "--out", bundle, "--server", server.url);
  expect(made.from).toBe("server");
  const files = await unpack(bundle, work.path("unpacked"));
  const expected = [
    "README.txt",
    "system.json",
    "disks.json",
    "images.json",
    "jobs.json",
    "settings.json",
    "network.json",
    "server.log",
    "kernel.log",
    "reports/restore-1.json",
    "hardware/lspci.txt",
    "hardware/lsblk.json",
  ];
  expect([...files.keys()]).toEqual(expect.arrayContaining(expected));
  expect(files.get("kernel.log")).toContain("lifeboat.password=(removed) lifeboat.id=7");
  expect(files.get("images.json")).toContain("office.lbi");
  expect(files.get("settings.json")).toContain('"ssid": "Büro"');
  for (const [name, text] of files) {
    for (const trace of TRACES) expect([name, trace, trace.exec(text)?.[0]]).toEqual([name, trace, undefined]);
    expect(text).not.toContain(code);
  }
});

it("leaves out serial numbers when that is asked for, and is made without a server too", async () => {
  await using work = await openWorkspace();
  const [mac] = (await runTool("cat", ["/sys/class/net/eth0/address"], "read an address").catch(() => "")).split("\n");
  const nobody = ["--server", "http://127.0.0.1:1"];
  const made = await lifeboatJson<{ from: string }>("support-bundle", "--out", work.path("a.tar.gz"), ...nobody);
  expect(made.from).toBe("machine");
  await lifeboatJson("support-bundle", "--out", work.path("b.tar.gz"), "--without-serials", ...nobody);
  const [all, without] = [
    await unpack(work.path("a.tar.gz"), work.path("a")),
    await unpack(work.path("b.tar.gz"), work.path("b")),
  ];
  if (mac) {
    expect(all.get("network/addresses.txt")).toContain(mac);
    expect(without.get("network/addresses.txt")).not.toContain(mac);
  }
  expect(without.get("network/addresses.txt")).toMatch(/\(serial \d+\)/);
});
