import type { DhcpEvent } from "../dhcp/dhcp-service.ts";
import type { HttpEvent } from "../http/file-handler.ts";
import type { MenuEvent } from "../menu/menu-event.ts";
import type { TftpEvent } from "../tftp/events.ts";

/** What happened to a network card: nothing is offered there any more, or it is again. */
export type InterfaceEvent = { readonly address: string } & (
  | { readonly type: "lost"; readonly code: "PXE_INTERFACE_LOST"; readonly text: string; readonly reason: string }
  | { readonly type: "back" }
);

/** What happens at a server. */
export type PxeEvent = (
  | { readonly service: "dhcp"; readonly event: DhcpEvent }
  | { readonly service: "tftp"; readonly event: TftpEvent }
  | { readonly service: "http"; readonly event: HttpEvent }
  | { readonly service: "menu"; readonly event: MenuEvent }
  | { readonly service: "interface"; readonly event: InterfaceEvent }
) & {
  /** The card that it happened at. Undefined of what is of no card, and, but for what happened to the card itself, where one alone is served. */
  readonly interface?: string | undefined;
};
