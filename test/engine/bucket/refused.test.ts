import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bucketMounts, type CephSpace, openCephSpace, until } from "#test/engine/bucket/ceph-space.ts";
import { errorOf, startLifeboatWith } from "#test/engine/image/command.ts";

/** What keeps a bucket from being opened is said in words of its own, and nothing is left mounted. */
let space: CephSpace;
beforeAll(async () => {
  space = await openCephSpace();
}, 600_000);
afterAll(() => space[Symbol.asyncDispose]());

const VARIABLES = {
  AWS_EC2_METADATA_DISABLED: "true",
  HOME: "/nonexistent",
  AWS_ACCESS_KEY_ID: "",
  AWS_SECRET_ACCESS_KEY: "",
};

async function refusal(variables: Record<string, string>, ...options: string[]) {
  const args = ["image", "list", `s3://${space.bucket}/x`, ...options];
  const result = await startLifeboatWith({ ...VARIABLES, ...variables }, ...args, "--json").result;
  await until(async () => (await bucketMounts()).length === 0);
  return { ...errorOf(result, args), said: result.stderr + result.stdout };
}

test("a wrong secret is refused, and stands in no message", async () => {
  const { accessKeyId } = space.ceph.credentials;
  const key = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: "a wrong secret" };
  const { code, said } = await refusal(key, "--s3-endpoint", space.ceph.endpoint);
  expect(code).toBe("BUCKET_DENIED");
  expect(said).not.toContain("a wrong secret");
});

test("an access key comes from a file, or is missing", async () => {
  expect((await refusal({}, "--s3-endpoint", space.ceph.endpoint)).code).toBe("BUCKET_CREDENTIALS_MISSING");
  const file = space.files.path("credentials");
  const { accessKeyId, secretAccessKey } = space.ceph.credentials;
  await writeFile(file, `[default]\naws_access_key_id=${accessKeyId}\n`);
  const options = ["--s3-endpoint", space.ceph.endpoint, "--s3-credentials", file];
  expect((await refusal({}, ...options)).code).toBe("BUCKET_CREDENTIALS_MISSING");
  await writeFile(
    file,
    `aws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey.replaceAll(" ", "")}\n`,
  );
  expect((await refusal({}, ...options)).code).toBe("BUCKET_DENIED");
});

test("a bucket that is not there, a server that does not answer, and a folder that is no repository are told apart", async () => {
  expect((await space.error("image", "list", "s3://no-such-bucket/x")).code).toBe("BUCKET_NOT_FOUND");
  expect((await space.error("image", "list", `s3://${space.bucket}/x`)).code).toBe("REPOSITORY_NOT_FOUND");
  const silent = await space.error("image", "list", `s3://${space.bucket}/x`, "--s3-endpoint", "http://127.0.0.1:9");
  expect(silent).toMatchObject({ code: "BUCKET_UNREACHABLE", status: 6 });
  expect((await space.error("image", "list", "s3://x/../y")).code).toBe("USAGE");
});
