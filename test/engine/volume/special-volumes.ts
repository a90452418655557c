let serial = 0;

/** A logical volume as LVM writes it, on extents of the first disk or over others. */
export const lv = (name: string, visible: boolean, extents: number, type: string, ...lines: string[]) => `
  ${name} { id = "AAAAAA-BBBB-CCCC-DDDD-EEEE-FFFF-${(++serial).toString().padStart(6, "0")}"
    status = ["READ", "WRITE"${visible ? ', "VISIBLE"' : ""}] flags = [] segment_count = 1
    segment1 { start_extent = 0 extent_count = ${extents} type = "${type}" ${lines.join(" ")} } }`;
const on = (first: number, pv = "pv0") => `stripe_count = 1 stripes = ["${pv}", ${first}]`;
/** Adds volumes to a description. */
export const add =
  (...volumes: string[]) =>
  (text: string) =>
    text.replace("logical_volumes {", `logical_volumes {${volumes.join("")}`);

export const THIN_POOL = [
  lv(
    "pool",
    true,
    4,
    "thin-pool",
    'metadata = "pool_tmeta" pool = "pool_tdata" transaction_id = 1 chunk_size = 128 discards = "passdown" zero_new_blocks = 1',
  ),
  lv("pool_tmeta", false, 4, "striped", on(40)),
  lv("pool_tdata", false, 4, "striped", on(44)),
  lv("data", true, 30, "thin", 'thin_pool = "pool" transaction_id = 0 device_id = 1'),
];
export const MIRROR = [
  lv(
    "safe",
    true,
    2,
    "raid1",
    'device_count = 2 region_size = 4096 raids = ["safe_rmeta_0", "safe_rimage_0", "safe_rmeta_1", "safe_rimage_1"]',
  ),
  ...[0, 1].flatMap((i) => [
    lv(`safe_rmeta_${i}`, false, 1, "striped", on(40 + i)),
    lv(`safe_rimage_${i}`, false, 2, "striped", on(42 + 2 * i)),
  ]),
];
export const SNAPSHOT = [
  lv("before", true, 3, "striped", on(40)),
  lv("snapshot0", false, 16, "snapshot", 'chunk_size = 8 origin = "plain" cow_store = "before"'),
];
