import { expect, test } from "vitest";
import { isoUuid } from "./own-medium.ts";

const ID = "0123456789abcdef";

test("the UUID of an ISO is a date of 2026, to the hundredth of a second, in both ways to write it", () => {
  const { date, uuid } = isoUuid(ID);
  expect(uuid).toMatch(/^2026-\d\d-\d\d-\d\d-\d\d-\d\d-\d\d$/);
  expect(date).toBe(uuid.replaceAll("-", ""));
  const [year, month, day, hour, minute, second] = uuid.split("-");
  expect(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)).not.toBeNaN();
});

test("it is of the content: the same for the same, and another one for what differs in any digit", () => {
  expect(isoUuid(ID)).toEqual(isoUuid(ID));
  const others = Array.from({ length: 16 }, (_, at) => `${ID.slice(0, at)}${at === 0 ? "f" : "0"}${ID.slice(at + 1)}`);
  const uuids = [ID, ...others.filter((id) => id !== ID)].map((id) => isoUuid(id).uuid);
  expect(new Set(uuids).size).toBe(uuids.length);
  expect(isoUuid("0000000000000000").uuid).toBe("2026-01-01-00-00-00-00");
});
