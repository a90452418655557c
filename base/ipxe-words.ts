/** Words for scripts of iPXE (https://ipxe.org/scripting), which has no quotes: what means something to it cannot be said. */

/** A setting of iPXE, not of JavaScript's. */
export const ipxeSetting = (name: string): string => `$\{${name}}`;

/** A text for people: what could mean something to iPXE is left out of it. */
export const ipxeText = (text: string): string => text.replace(/[$&|{}#\p{Cc}]/gu, "").replace(/\s+/g, " ");
