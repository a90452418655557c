import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publicKeyText, signatureText } from "#mediabuilder/sign/signify.ts";
import { signingKey } from "#mediabuilder/sign/signing-key.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

test("OpenBSD's signify takes our signature, and none of anything else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-signify-"));
  const [message, signature, key] = ["manifest.json", "manifest.json.sig", "lifeboat.pub"].map((name) =>
    join(folder, name),
  );
  const own = await signingKey(undefined, folder);
  await writeFile(message as string, "what was built");
  await writeFile(signature as string, signatureText(Buffer.from("what was built"), own));
  await writeFile(key as string, publicKeyText(own));
  const verify = () =>
    runTool("signify-openbsd", ["-V", "-p", key as string, "-x", signature as string, "-m", message as string], {
      accept: [0, 1],
    });
  expect(await verify()).toMatchObject({ status: 0, stdout: expect.stringContaining("Signature Verified") });
  await writeFile(message as string, "what was changed");
  expect(await verify()).toMatchObject({ status: 1, stderr: expect.stringContaining("signature verification failed") });
});
