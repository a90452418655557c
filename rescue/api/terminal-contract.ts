/**
 * A shell on this machine, for the pages: a WebSocket. What the shell writes comes as binary messages; what is typed goes as text messages of JSON.
 * The request passes the same guards as every other one. A part of contract.ts; no node: import may appear here.
 */
export const terminalPath = "/api/v1/terminal";

export type TerminalMessage =
  | { readonly type: "input"; readonly data: string }
  /** In characters. */
  | { readonly type: "size"; readonly columns: number; readonly rows: number };

/** Why the server closes one (RFC 6455, 7.4.2: 4000 to 4999 are for applications). */
export const terminalClosed = { ended: 4000, tooMany: 4001, failed: 4002 } as const;
