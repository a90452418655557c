import { expect, test } from "vitest";
import { EMPTY_SHARE, requestOf } from "#ui/network/share-request.ts";

const BUCKET = { ...EMPTY_SHARE, kind: "s3", share: " images ", user: "KEY" } as const;

test("a bucket at a server of one's own, and one at Amazon", () => {
  const own = { ...BUCKET, server: "https://objects.example.org ", path: "pcs", password: " a secret " };
  const common = { kind: "s3", name: "images", readOnly: false, bucket: "images", accessKeyId: "KEY", password: "ask" };
  expect(requestOf(own)).toEqual({
    place: { ...common, endpoint: "https://objects.example.org", folder: "pcs" },
    password: " a secret ",
  });
  expect(requestOf({ ...BUCKET, region: "eu-west-1" })).toEqual({
    place: { ...common, region: "eu-west-1", folder: "" },
  });
});

test("a share without a user is one for guests, and is called as its server where it has no name", () => {
  const place = {
    kind: "smb",
    name: "nas",
    readOnly: true,
    server: "nas",
    share: "images",
    folder: "",
    password: "ask",
  };
  expect(requestOf({ ...EMPTY_SHARE, server: "nas", share: "images", readOnly: true })).toEqual({ place });
});
