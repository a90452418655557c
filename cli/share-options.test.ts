import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { placeOf } from "#cli/share-options.ts";

let folder = "";
const file = (name: string) => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "share-options-"));
  await writeFile(file("secret"), "s3 cret\n");
  await writeFile(file("keys"), "[default]\naws_access_key_id=AAA\naws_secret_access_key=s+e/c\n");
  await writeFile(file("session"), "aws_access_key_id=A\naws_secret_access_key=B\naws_session_token=C\n");
});
afterEach(() => rm(folder, { recursive: true }));

const BUCKET = { s3: "images", folder: "pcs", s3Endpoint: "https://objects.example" };
const place = { kind: "s3", name: "b", bucket: "images", folder: "pcs", endpoint: "https://objects.example" };

test("a bucket with the secret of its key from a file, or with a file that has both", async () => {
  expect(await placeOf("b", { ...BUCKET, user: "KEY", passwordFile: file("secret") })).toMatchObject({
    ...{ place: { ...place, accessKeyId: "KEY" }, password: "s3 cret" },
  });
  const both = await placeOf("b", { ...BUCKET, s3PathStyle: true, s3Credentials: file("keys") });
  expect(both).toMatchObject({ place: { ...place, accessKeyId: "AAA", pathStyle: true }, password: "s+e/c" });
});

test("a key of one session, or none, is refused", async () => {
  await expect(placeOf("b", { ...BUCKET, s3Credentials: file("session") })).rejects.toThrow("one session only");
  await expect(placeOf("b", { ...BUCKET, s3Credentials: file("secret") })).rejects.toThrow("no aws_access_key_id");
  await expect(placeOf("b", { s3: "images", user: "KEY" })).rejects.toThrow("region");
  await expect(placeOf("b", BUCKET)).rejects.toThrow("--user or --s3-credentials");
});
