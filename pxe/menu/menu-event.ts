/** What a computer did at its menu. */
export interface MenuEvent {
  /** shown: it has the menu. chosen: it has what starts an entry. refused: it has not. */
  readonly type: "shown" | "chosen" | "refused";
  /** Address of the client. */
  readonly client: string;
  readonly loader: "ipxe" | "grub";
  /** Of the menu, or of the entry. */
  readonly title: string;
  /** What the entry starts. */
  readonly starts?: string | undefined;
  /** Why not. */
  readonly reason?: "wrong password" | "too many wrong passwords" | "too little memory" | undefined;
  /** Bytes of RAM, as its loader has told. */
  readonly memory?: number | undefined;
}
