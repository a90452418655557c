const SE_SELF_RELATIVE = 0x8000;
const SE_DACL_PRESENT = 0x0004;
/** KEY_ALL_ACCESS */
const ALL_ACCESS = 0x000f003f;
const CONTAINER_INHERIT = 0x02;

/** S-1-5-18, the system, and S-1-5-32-544, its administrators ([MS-DTYP] 2.4.2.4). */
const SYSTEM = sid(18);
const ADMINISTRATORS = sid(32, 544);

/** [MS-DTYP] 2.4.2.2, with the authority 5 (NT). */
function sid(...authorities: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 + authorities.length * 4);
  bytes.set([1, authorities.length, 0, 0, 0, 0, 0, 5]);
  const view = new DataView(bytes.buffer);
  for (const [index, authority] of authorities.entries()) view.setUint32(8 + index * 4, authority, true);
  return bytes;
}

/** An ACCESS_ALLOWED_ACE for this key and those below ([MS-DTYP] 2.4.4.2). */
function allow(who: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + who.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(1, CONTAINER_INHERIT);
  view.setUint16(2, bytes.length, true);
  view.setUint32(4, ALL_ACCESS, true);
  bytes.set(who, 8);
  return bytes;
}

/**
 * The descriptor of the root of a hive of our own making: it belongs to the administrators; they and the system may do
 * everything. Self-relative ([MS-DTYP] 2.4.6).
 */
export function administratorsOnly(): Uint8Array {
  const entries = [allow(SYSTEM), allow(ADMINISTRATORS)];
  const list = new Uint8Array(8 + entries.reduce((sum, { length }) => sum + length, 0));
  const listView = new DataView(list.buffer);
  listView.setUint8(0, 2);
  listView.setUint16(2, list.length, true);
  listView.setUint16(4, entries.length, true);
  let at = 8;
  for (const entry of entries) {
    list.set(entry, at);
    at += entry.length;
  }
  const parts = [ADMINISTRATORS, SYSTEM, list];
  const descriptor = new Uint8Array(20 + parts.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(descriptor.buffer);
  view.setUint8(0, 1);
  view.setUint16(2, SE_SELF_RELATIVE | SE_DACL_PRESENT, true);
  const places = [4, 8, 16];
  let end = 20;
  for (const [index, part] of parts.entries()) {
    view.setUint32(places[index] as number, end, true);
    descriptor.set(part, end);
    end += part.length;
  }
  return descriptor;
}
