import { zstdDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { FOLDER, LINK, PROGRAM, writeCpio } from "./cpio.ts";

/** Of GNU cpio 2.13: `cpio --reproducible -o -H newc -R 0:0` over bin/, bin/sh -> busybox and init, dated 0; packed with zstd. */
const GNU_CPIO =
  "KLUv/QRolQMAgoUSF2BvOjS7Dn6dAFGgqSaBWsUZ2DdISYEMZYw1jlmOxhk5gQgDCT5QS8UoFkbi0vgfLOldU/XaFk5Ca6koefxn2yi+iYcTl8R5ux0SIJDDYgfVu3h5Yv6Cf1biLJko5YHU8SlZJ1yf+ykZ3hMrbTAjjvdefQ==";

test("writes the bytes that GNU cpio writes, whatever the order of the entries", () => {
  const entries = [
    { path: "init", mode: PROGRAM, content: Buffer.from("echo hi\n") },
    { path: "bin/sh", mode: LINK, content: Buffer.from("busybox") },
    { path: "bin", mode: FOLDER },
  ];
  const ours = writeCpio(entries).toString("latin1").toUpperCase();
  const theirs = zstdDecompressSync(Buffer.from(GNU_CPIO, "base64")).toString("latin1").toUpperCase();
  // GNU cpio fills up to a block of 512 bytes, which the kernel does not need.
  expect(theirs.replace(/\0+$/, "")).toBe(ours.replace(/\0+$/, ""));
});
