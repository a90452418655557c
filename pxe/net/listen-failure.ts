import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";
import { portOwners } from "./port-owner.ts";

export interface Place {
  /** "the TFTP server" */
  readonly service: string;
  readonly protocol: "udp" | "tcp";
  readonly address: string;
  readonly port: number;
}

/** What a failed bind means: PXE_PORT_TAKEN, PXE_PORT_DENIED, or PXE_SOCKET_FAILED. */
export async function listenFailure(place: Place, cause: NodeJS.ErrnoException): Promise<LifeboatError> {
  const { service, protocol, address, port } = place;
  const options = { cause };
  if (cause.code === "EACCES") return new LifeboatError("PXE_PORT_DENIED", { service, port }, options);
  if (cause.code !== "EADDRINUSE") return socketFailure(place, cause);
  const owner = (await portOwners(protocol, port))[0]?.name ?? "another program";
  return new LifeboatError("PXE_PORT_TAKEN", { service, address, port, owner }, options);
}

export function socketFailure({ service, address, port }: Place, cause: Error): LifeboatError {
  const reason = plainReason(cause.message);
  return new LifeboatError("PXE_SOCKET_FAILED", { service, address, port, reason }, { cause });
}
