import { readdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import * as z from "zod";
import { RestorePlan } from "#imaging/plan/plan.ts";
import { FoundImage, Job } from "#rescue/api/contract.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace, sha256File } from "#test/engine/image/workspace.ts";
import { problemCode, startRescueServer } from "#test/engine/rescue/rescue-server.ts";

const SIZE = 40 << 20;
const PASSWORD = "Straße, 14 Möwen";

it("restores an encrypted, split image after its password, which is kept nowhere; a missing volume is named", async () => {
  await using work = await openWorkspace();
  const source = await noisyDisk(work.path("source.raw"), SIZE, 1);
  await writeFile(work.path("password"), PASSWORD);
  const options = ["--encrypt", "--password-file", work.path("password"), "--split", "16M", "--level", "none"];
  await lifeboatJson("capture", source, "--to", work.path("office.lbi"), ...options);
  await unlink(work.path("password"));
  const target = await noisyDisk(work.path("target.raw"), SIZE, 2);
  const kept = ["--reports", work.path("reports"), "--log", work.path("server.jsonl")];
  await using server = await startRescueServer("--disk", target, "--images", work.folder, ...kept);
  const images = async (again = false) =>
    z
      .array(FoundImage)
      .parse((await (again ? server.post("/api/v1/images/rescan", {}) : server.get("/api/v1/images"))).json);

  const [locked, ...others] = await images();
  expect(others).toEqual([]);
  expect(locked).toMatchObject({ fileName: "office.lbi", protection: "locked" });
  expect(locked?.volumes).toBeGreaterThan(1);
  const wish = { imageId: locked?.id, targetId: `file:${target}`, options: { verifyTarget: true, salvage: false } };
  expect(problemCode((await server.post("/api/v1/plans/restore", wish)).json)).toBe("IMAGE_LOCKED");

  const unlock = (password: string) => server.post(`/api/v1/images/${locked?.id}/unlock`, { password });
  const wrong = await unlock("strasse");
  expect([wrong.status, problemCode(wrong.json)]).toEqual([403, "IMAGE_UNLOCK_FAILED"]);
  const before = await sha256File(target);
  const unlocked = FoundImage.parse((await unlock(PASSWORD)).json);
  expect(unlocked).toMatchObject({ protection: "unlocked", volumes: locked?.volumes });
  expect(await sha256File(target)).toBe(before);

  const plan = RestorePlan.parse((await server.post("/api/v1/plans/restore", wish)).json);
  const started = await server.post("/api/v1/jobs/restore", { planId: plan.id, confirm: plan.target.id }, "key-1");
  const states = await server.follow(Job.parse(started.json).id);
  expect(states.at(-1)).toMatchObject({ state: "succeeded", report: { targetVerified: true } });
  expect(await sha256File(target)).toBe(await sha256File(source));

  const { text } = await server.get("/api/v1/log");
  const reports = await readdir(work.path("reports"));
  const written = [text, await readFile(work.path("server.jsonl"), "utf8")];
  for (const name of reports) written.push(await readFile(join(work.path("reports"), name), "utf8"));
  expect(reports).toHaveLength(1);
  for (const part of written) expect(part).not.toMatch(/Möwen|strasse/);

  await rename(work.path("office.lbi.002"), work.path("elsewhere"));
  const [incomplete] = await images(true);
  expect(incomplete?.problem).toMatchObject({ code: "VOLUME_MISSING" });
  expect(incomplete?.problem?.text).toContain("volume 2 of office.lbi is missing (office.lbi.002)");
});

it("names the last volume that is missing before the password is asked for", async () => {
  await using work = await openWorkspace();
  const source = await noisyDisk(work.path("source.raw"), SIZE, 1);
  const image = work.path("office.lbi");
  await writeFile(work.path("password"), PASSWORD);
  const options = ["--password-file", work.path("password"), "--split", "16M", "--level", "none"];
  await lifeboatJson("capture", source, "--to", image, ...options);
  await unlink(`${image}.003`);

  await using server = await startRescueServer("--images", work.folder);
  const [incomplete] = z.array(FoundImage).parse((await server.get("/api/v1/images")).json);
  expect(incomplete?.problem).toMatchObject({ code: "VOLUME_MISSING" });
  expect(incomplete?.problem?.text).toContain("volume 3 of office.lbi is missing (office.lbi.003)");
  // The command has neither a password nor a terminal to ask for one.
  expect(await lifeboatError("image", "show", image)).toMatchObject({ code: "VOLUME_MISSING", status: 5 });
});
