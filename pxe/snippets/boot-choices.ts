import { type BootOffer, bootFileFor } from "../dhcp/boot-policy.ts";
import { MACHINES, type Machine } from "../dhcp/boot-request.ts";

/** What a DHCP server has to name to computers of one kind. */
export interface BootChoice {
  /** "x64", "x64-http": as classes and tags are called. */
  readonly name: string;
  /** RFC 4578, section 2.1: what the computers say in option 93. */
  readonly architectures: readonly number[];
  /** Over HTTP it is a URL. */
  readonly file: string;
  readonly isHttp: boolean;
}

/** For each kind of computer that the offer has a file for, firmware only. */
export function bootChoices(offer: BootOffer): BootChoice[] {
  const machines = [...new Set(Object.values(MACHINES))];
  return (["pxe", "http"] as const).flatMap((way) =>
    machines.flatMap((machine) => {
      const architectures = architecturesOf(machine, way);
      const request = { ...{ machine, way, ipxe: undefined, message: 1, mac: "", uuid: undefined, most: 0 } };
      const boot = bootFileFor({ ...request, architecture: architectures[0] }, offer);
      if (typeof boot === "string" || architectures.length === 0) return [];
      const isHttp = way === "http";
      return [{ name: isHttp ? `${machine}-http` : machine, architectures, file: boot.file, isHttp }];
    }),
  );
}

/** From 15 on they are those of firmware that loads over HTTP. */
const architecturesOf = (machine: Machine, way: "pxe" | "http"): number[] =>
  Object.entries(MACHINES)
    .filter(([number, of]) => of === machine && Number(number) >= 15 === (way === "http"))
    .map(([number]) => Number(number));

/** As option 60 begins: "PXEClient:Arch:00007". */
export const vendorClass = (architecture: number, isHttp: boolean): string =>
  `${isHttp ? "HTTPClient" : "PXEClient"}:Arch:${String(architecture).padStart(5, "0")}`;

/** What iPXE loads, which asks once more when it runs. */
export const scriptUrl = ({ url, script }: BootOffer): string | undefined =>
  script === undefined ? undefined : `${url}/${script}`;
