import { signal } from "@preact/signals";

/** Who the pages belong to. The console is always Lifeboat's own. */
export const brand = signal<{ readonly name: string; readonly logo?: string | undefined }>({ name: "Lifeboat" });

/** Of the browser's window. */
export const titled = (title: string): string => `${title} – ${brand.value.name}`;
