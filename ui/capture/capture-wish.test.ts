import { expect, it } from "vitest";
import type { Destination, Disk } from "#rescue/api/contract.ts";
import { CaptureWishState, faultOf, requestOf, suggestedName } from "#ui/capture/capture-wish.ts";
import { formatCaptureRoute, parseCaptureRoute } from "#ui/capture/route.ts";

const disk = { id: "disk-1", path: "/dev/sda", model: "Disk: 1/2" } as Disk;
const place = (repository: Destination["repository"]): Destination => ({
  ...{ id: "nas", name: "NAS", kind: "share", isLow: false, repository },
});

function named(name = "Office"): CaptureWishState {
  const wish = new CaptureWishState();
  wish.name.value = name;
  return wish;
}

it("asks for no more than was wanted", () => {
  expect(requestOf(named(), disk, place("none"))).toEqual({
    ...{ kind: "capture", diskId: "disk-1", destinationId: "nas", name: "Office", verify: true, level: "normal" },
  });
});

it("leaves out what does not go with the place: no split or new password of a repository, no kind of a file", () => {
  const wish = named();
  wish.part.value = "4,7";
  wish.isEncrypted.value = true;
  wish.password.value = "secret";
  wish.passwordAgain.value = "secret";
  wish.type.value = "full";
  wish.raw.value = true;
  wish.leftOut.value = [2];
  const file = requestOf(wish, disk, place("none"));
  expect(file).toMatchObject({ password: "secret", volumeBytes: 4813 * 2 ** 20, exclude: [2] });
  expect(file).not.toHaveProperty("type");
  expect(file).not.toHaveProperty("raw");
  expect(requestOf(wish, disk, place("locked"))).toMatchObject({ type: "full", password: "secret" });
  const open = requestOf(wish, disk, place("open"));
  expect(open).not.toHaveProperty("password");
  expect(open).not.toHaveProperty("volumeBytes");
});

it("names the first thing that has to be mended", () => {
  for (const name of ["", "a/b", ".hidden", "end ", "x".repeat(101)])
    expect(faultOf(named(name), place("none"))).toBe("name");
  const wish = named();
  expect(faultOf(wish, place("locked"))).toBe("password");
  expect(faultOf(wish, place("none"))).toBeUndefined();
  wish.part.value = "0.001";
  expect(faultOf(wish, place("none"))).toBe("part");
  expect(faultOf(wish, place("open"))).toBeUndefined();
  wish.isEncrypted.value = true;
  expect(faultOf(wish, place("none"))).toBe("password");
  wish.password.value = "one";
  expect(faultOf(wish, place("none"))).toBe("again");
});

it("suggests a name that every file system takes", () => {
  const name = suggestedName(disk, new Date("2026-11-30T12:00:00Z"));
  expect(name).toBe("Disk- 1-2 2026-11-30");
  expect(faultOf(named(suggestedName({ ...disk, model: "..." }, new Date())), place("none"))).toBeUndefined();
});

it("comes back to a page that can be shown: what was typed is in no address", () => {
  const there = { diskId: "file:/a b", placeId: "share:x/y" };
  for (const step of ["source", "place", "options"] as const)
    expect(parseCaptureRoute(formatCaptureRoute({ step, ...there }))).toEqual({ step, ...there });
  expect(parseCaptureRoute(formatCaptureRoute({ step: "review", ...there })).step).toBe("options");
  expect(parseCaptureRoute("#/capture/options?disk=a").step).toBe("place");
  expect(parseCaptureRoute("#/capture/place").step).toBe("source");
});
