import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildIso } from "#mediabuilder/build-iso.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";
import { fileSha256, projectRoot } from "#mediabuilder/recipe.ts";
import { signingKey } from "#mediabuilder/sign/signing-key.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { FULL } from "#test/sample.ts";

const HOUR = 3_600_000;
/** Debian: libfaketime. */
const FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

/** Two builds from nothing, with all that a medium can have: half an hour and more. */
describe.skipIf(!FULL)("the whole way from Debian's packages to the ISO", () => {
  let folder = "";
  const part = (name: string) => join(folder, name);
  const iso = (name: string) => part(`${name}.iso`);

  beforeAll(async () => {
    await mkdir(resolve("out"), { recursive: true });
    folder = await mkdtemp(resolve("out/reproducible-"));
    await mkdir(part("firmware"));
    await writeFile(part("firmware/own.bin"), "firmware");
    await mkdir(part("keys"));
    await signingKey(undefined, part("keys"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const config = () => ({
    ...{ prove: true, extraPackages: ["ethtool"], extraFirmware: [part("firmware")] },
    ...{ language: "nl", branding: { name: "Müller; 'IT'" }, signingKey: part("keys/signing-key.pem") },
  });

  async function build(name: string, options: { checkout: string; umask: string; environment: readonly string[] }) {
    const { checkout, umask, environment } = options;
    const program = join(checkout, "test/engine/media/build-elsewhere.ts");
    const words = [program, iso(name), part(`${name}-work`), JSON.stringify(config())];
    const command = ["env", ...environment, process.execPath, ...words];
    await runTool("sh", ["-c", `umask ${umask} && exec "$@"`, "sh", ...command], { cwd: checkout });
  }

  test(
    "gives the same bytes a day later, in another checkout, directory and umask",
    async () => {
      await build("first", { checkout: projectRoot, umask: "022", environment: [] });
      const checkout = part("elsewhere");
      for (const name of (await readdir(projectRoot)).filter((one) => !["out", ".git"].includes(one)))
        await cp(join(projectRoot, name), join(checkout, name), { recursive: true, verbatimSymlinks: true });
      await runTool("chmod", ["-R", "g-w,o-rwx", join(checkout, "images"), join(checkout, "rescue")]);
      // The clock alone: the time that a file was given stays what it is a day later.
      const clock = [`LD_PRELOAD=${FAKETIME}`, "FAKETIME=+1d", "FAKETIME_DONT_FAKE_MONOTONIC=1", "NO_FAKE_STAT=1"];
      await build("second", { checkout, umask: "027", environment: clock });
      expect(await fileSha256(iso("second"))).toBe(await fileSha256(iso("first")));
      for (const document of ["sbom.spdx.json", "lifeboat.pub"])
        expect(await readFile(`${iso("second")}.${document}`)).toEqual(await readFile(`${iso("first")}.${document}`));
    },
    3 * HOUR,
  );

  test("a disk that is full leaves the medium that was there, and nothing half-made", async () => {
    const small = part("small");
    await mkdir(small);
    await runTool("mount", ["-t", "tmpfs", "-o", "size=600m", "small", small]);
    try {
      const out = join(small, "lifeboat.iso");
      await cp(iso("first"), out);
      await runTool("fallocate", [
        "-l",
        String(Math.max(1, 600 - 60) * 1048576 - (await stat(out)).size),
        join(small, "fill"),
      ]);
      const before = await fileSha256(out);
      const options = { out, workDir: part("first-work"), config: MediaConfig.parse(config()), log: () => {} };
      await expect(buildIso(options)).rejects.toMatchObject({ code: "BUILD_NO_ROOM", details: { folder: small } });
      expect((await readdir(small)).sort()).toEqual(["fill", "lifeboat.iso"]);
      expect(await fileSha256(out)).toBe(before);
      expect((await readdir(part("first-work"))).filter((name) => name.includes("unfinished"))).toEqual([]);
    } finally {
      await runTool("umount", [small]);
    }
  });
});
