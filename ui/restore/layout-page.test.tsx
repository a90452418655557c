// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, expect, it } from "vitest";
import type { RestoreWish } from "#rescue/api/contract.ts";
import { image, system, windowsDisk } from "#test/ui/recorded.ts";
import { planFor } from "#test/ui/recorded-job.ts";
import { layoutFor, verdictFor } from "#test/ui/recorded-wish.ts";
import type { Api } from "#ui/api/client.ts";
import { RestorePages } from "#ui/restore/restore-pages.tsx";
import { ShellContext } from "#ui/shell/context.ts";
import { Shell } from "#ui/shell/shell.ts";

globalThis.IntersectionObserver = class {
  observe() {}
  disconnect() {}
} as unknown as typeof IntersectionObserver;
globalThis.ResizeObserver = class {
  observe() {}
  disconnect() {}
} as unknown as typeof ResizeObserver;
window.scrollTo = () => {};

afterEach(cleanup);

type Call = readonly [name: string, body: unknown];

/** The pages of a restore on a server that has one image and one disk; every call is noted. */
async function open(step: string) {
  let address = `#/restore/${step}?image=${encodeURIComponent(image.id)}&target=${windowsDisk.disk.id}`;
  const calls: Call[] = [];
  const replies: Record<string, (body: never) => unknown> = {
    system: () => system,
    unattended: () => undefined,
    jobs: () => [],
    operations: () => [],
    images: () => [image],
    targets: () => [windowsDisk],
    planLayout: ({ layout }: { layout: Parameters<typeof layoutFor>[1] }) => layoutFor(windowsDisk, layout),
    planRestore: ({ options, wish }: { options: Parameters<typeof planFor>[1]; wish: RestoreWish }) => ({
      ...planFor(windowsDisk, options),
      preflight: verdictFor(wish),
    }),
  };
  const api = {
    call: async (name: string, input?: { body?: unknown }) => {
      calls.push([name, input?.body]);
      return replies[name]?.(input?.body as never);
    },
    watchJob: () => () => {},
  } as unknown as Api;
  const setHash = (hash: string) => {
    address = hash;
  };
  const shell = new Shell({ api, hash: () => address, setHash, acknowledged: new Set<string>() });
  await shell.begin();
  const { container } = render(
    <ShellContext value={shell}>
      <RestorePages />
    </ShellContext>,
  );
  const last = (name: string) => calls.findLast(([called]) => called === name)?.[1];
  return { shell, container, last, address: () => address };
}

it("shows how partitions would lie, and asks anew with each wish", async () => {
  const { container, last, shell } = await open("layout");
  await screen.findByRole("heading", { name: "How it will lie" });
  expect(last("planLayout")).toMatchObject({ layout: { mode: "keep" } });
  fireEvent.click(screen.getByRole("radio", { name: "Use all of the disk" }));
  await waitFor(() => expect(last("planLayout")).toMatchObject({ layout: { mode: "fill" } }));
  fireEvent.click(screen.getByRole("radio", { name: "MBR: for old computers" }));
  await waitFor(() => expect(last("planLayout")).toMatchObject({ layout: { mode: "fill", table: "mbr" } }));
  expect(shell.restore.wishes.wish.value).toEqual({ layout: { mode: "fill", table: "mbr" } });
  expect((await axe.run(container)).violations).toEqual([]);
});

it("sets sizes by hand within what the file systems allow, and says what is no size", async () => {
  const { container, last, shell } = await open("layout");
  fireEvent.click(screen.getByRole("radio", { name: "By hand" }));
  const field = (await screen.findByLabelText("Size of 3: debian-root in GiB")) as HTMLInputElement;
  fireEvent.input(field, { target: { value: "60,5" } });
  await waitFor(() =>
    expect(last("planLayout")).toMatchObject({
      layout: { mode: "manual", partitions: expect.arrayContaining([{ source: 3, size: 60.5 * 1024 ** 3 }]) },
    }),
  );
  fireEvent.input(field, { target: { value: "4" } });
  await screen.findByText(/^It can have 44/);
  expect([field.value, shell.restore.wishes.byHand.value[3]]).toEqual(["4", 60.5 * 1024 ** 3]);
  fireEvent.input(field, { target: { value: "much" } });
  await screen.findByText(/^That is no size/);
  const slider = screen.getByRole("slider", { name: "Size of 3: debian-root" });
  fireEvent.keyDown(slider, { key: "ArrowRight", shiftKey: true });
  await waitFor(() => expect(shell.restore.wishes.byHand.value[3]).toBe(61.5 * 1024 ** 3));
  fireEvent.click(screen.getAllByRole("button", { name: "Smallest" })[0] as HTMLElement);
  await waitFor(() => expect(shell.restore.wishes.byHand.value[3]).toBe(44 * 1024 ** 3));
  expect((await axe.run(container)).violations).toEqual([]);
});

it("puts one partition into a place of the disk, and goes on only when one is chosen", async () => {
  const { shell, address } = await open("layout");
  fireEvent.click(screen.getByRole("radio", { name: "Only these partitions" }));
  const next = await screen.findByRole("button", { name: "Next" });
  fireEvent.click(next);
  await screen.findByText("Choose at least one partition.");
  fireEvent.click(screen.getByRole("checkbox", { name: "4: Data" }));
  fireEvent.click(await screen.findByRole("radio", { name: /^Into partition 3: Windows/ }));
  const into = { number: 4, place: { partition: 3 }, fills: false, ids: "keep" };
  await waitFor(() => expect(shell.restore.wishes.wish.value).toEqual({ into }));
  fireEvent.click(next);
  await waitFor(() => expect(address()).toMatch(/^#\/restore\/review/));
});

it("says whether it will start, does what helps at one press, and asks the server for it", async () => {
  const { container, last } = await open("review");
  await screen.findByText("It will start on this computer after these changes");
  expect((await axe.run(container)).violations).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Let Lifeboat do it" }));
  await screen.findByText("It will start on this computer");
  expect(last("planRestore")).toMatchObject({ wish: { systems: { universal: true, identity: "keep" } } });
  fireEvent.click(screen.getByRole("checkbox", { name: "Make it another computer" }));
  const name = await screen.findByLabelText("Name of the computer");
  fireEvent.input(name, { target: { value: "-pc" } });
  await screen.findByText(/^Letters, digits and hyphens/);
  fireEvent.input(name, { target: { value: "pc-7" } });
  fireEvent.click(screen.getByRole("button", { name: "Apply" }));
  await waitFor(() =>
    expect(last("planRestore")).toMatchObject({ wish: { systems: { identity: "new", hostname: "pc-7" } } }),
  );
});
