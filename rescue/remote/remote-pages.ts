import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import { LifeboatError } from "#base/errors.ts";
import type { Entrance } from "#rescue/api/http.ts";
import { acceptUpgrades } from "#rescue/api/upgrades.ts";
import type { Log } from "#rescue/log.ts";
import { type Certificate, makeCertificate } from "#rescue/remote/certificate.ts";
import { inUrl, ownAddresses } from "#rescue/remote/own-addresses.ts";
import { Pairing } from "#rescue/remote/pairing.ts";
import { remoteEntrance } from "#rescue/remote/remote-guard.ts";

export interface RemotePagesDeps {
  /** The API behind an entrance of its own. */
  readonly app: (entrance: Entrance) => Express;
  readonly port: number;
  /** Called after each opening and closing. */
  readonly onChange?: (view: PagesView) => Promise<void>;
  readonly log: Pick<Log, "info" | "warn">;
}

export interface PagesView {
  readonly isOpen: boolean;
  readonly code?: string;
  readonly addresses: string[];
  readonly fingerprint?: string;
  readonly sessions: number;
}

interface Open {
  readonly server: Server;
  readonly pairing: Pairing;
  readonly certificate: Certificate;
}

/** The pages for other machines in the network: closed until somebody at the machine opens them, under TLS, behind a code. */
export class RemotePages {
  readonly #deps: RemotePagesDeps;
  #open: Open | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: RemotePagesDeps) {
    this.#deps = deps;
  }

  view(): PagesView {
    if (!this.#open) return { isOpen: false, addresses: [], sessions: 0 };
    const { server, pairing, certificate } = this.#open;
    const { port } = server.address() as AddressInfo;
    return {
      isOpen: true,
      code: pairing.code,
      addresses: ownAddresses().map((address) => `https://${inUrl(address)}:${port}/`),
      fingerprint: certificate.fingerprint,
      sessions: pairing.sessions,
    };
  }

  /** With a new code each time; one that is open stays as it is. @throws REMOTE_FAILED */
  open(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#open) return;
      const pairing = new Pairing();
      const certificate = makeCertificate(ownAddresses());
      const app = this.#deps.app(remoteEntrance(pairing));
      const server = createServer({ key: certificate.key, cert: certificate.cert, minVersion: "TLSv1.2" }, app);
      acceptUpgrades(server, app);
      server.listen({ port: this.#deps.port }); // of IPv6 and IPv4
      await once(server, "listening").catch((cause) => {
        throw new LifeboatError("REMOTE_FAILED", { reason: (cause as Error).message }, { cause });
      });
      this.#open = { server, pairing, certificate };
      this.#deps.log.info({ port: (server.address() as AddressInfo).port }, "the pages are open to the network");
      await this.#deps.onChange?.(this.view());
    });
  }

  /** Whoever was let in has to give the next code again. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      const open = this.#open;
      this.#open = undefined;
      if (!open) return;
      open.server.closeAllConnections();
      open.server.close();
      this.#deps.log.info({}, "the pages are closed to the network");
      await this.#deps.onChange?.(this.view());
    });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => {});
    return result;
  }
}
