import { expect, test } from "vitest";
import { mayNameBucket } from "#cli/bucket-options.ts";
import { credentialsIn } from "#cli/credentials-file.ts";

const FILE = `# keys
[default]
aws_access_key_id = AAA
aws_secret_access_key=s+e/c=ret

[backup]
aws_access_key_id=BBB
aws_secret_access_key=other
aws_session_token=token
[half]
aws_access_key_id=CCC
`;

test("an access key is that of its profile", () => {
  expect(credentialsIn(FILE, "default")).toEqual({ accessKeyId: "AAA", secretAccessKey: "s+e/c=ret" });
  expect(credentialsIn(FILE, "backup")).toMatchObject({ accessKeyId: "BBB", sessionToken: "token" });
  for (const profile of ["half", "none"]) expect(credentialsIn(FILE, profile)).toBeUndefined();
  expect(credentialsIn("aws_access_key_id=A\r\naws_secret_access_key=B\r\n", "default")).toEqual({
    accessKeyId: "A",
    secretAccessKey: "B",
  });
});

test("only a command line that may name a bucket is looked into", () => {
  for (const words of [
    ["capture", "/dev/sda", "--to=s3://b/x"],
    ["resume", "job-1"],
    ["image", "show", "s3://b/x.lbi"],
  ])
    expect(mayNameBucket(words)).toBe(true);
  for (const words of [["capture", "/dev/sda", "--to", "/mnt/s3"], ["disk", "list"], []])
    expect(mayNameBucket(words)).toBe(false);
});
