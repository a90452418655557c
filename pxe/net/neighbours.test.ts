import { expect, test } from "vitest";
import { parseNeighbours } from "./neighbours.ts";

test("the kernel's table has who answered, on which interface; who did not is no neighbour", () => {
  const table = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.5         0x1         0x2         52:54:00:12:34:56     *        eth0
10.0.0.6         0x1         0x0         00:00:00:00:00:00     *        eth0
10.0.0.7         0x1         0x2         52:54:00:12:34:57     *        eth1
`;
  expect(parseNeighbours(table, "eth0")).toEqual(new Map([["10.0.0.5", "52:54:00:12:34:56"]]));
  expect(parseNeighbours("", "eth0")).toEqual(new Map());
});
