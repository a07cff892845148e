// Where everything is in memory. All of it is fixed: nothing is allocated while the module runs.

/** The documented names of a query answer in signing order, "name=" in 32 bytes each; then their lengths, a byte each. */
export const NAMES: usize = 0x1000;
export const NAME_LENGTHS: usize = 0x1400;
/** Whether a name's value may be text (1), an integer (2) or either (3). */
export const NAME_TYPES: usize = 0x1440;
/** By (length << 8 | first byte): the place of the name plus 1. */
export const NAME_TABLE: usize = 0x2000;
/** The value of a hex digit by its byte, 0xff for other bytes. */
export const HEX: usize = 0x5000;
/** The documented results: 16 bytes of text each, then the length and the `says` of a fact. */
export const RESULTS: usize = 0x5200;
/** Counts of a run: see index.ts. */
export const OUT: usize = 0x6000;
/** What is known of the record in hand: pointer and length of each documented member, by its place. */
export const VALUES: usize = 0x6800;
/** Members that are not documented: name pointer, name length, value pointer, value length. */
export const EXTRAS: usize = 0x6a00;

export const INPUT: usize = 0x10000;
export const INPUT_BYTES: usize = 0x110000;

/** One slot for each key: its numbers, and the four messages that wait for it. */
export const SLOTS: usize = 0x140000;
export const SLOT_BYTES: usize = 0x20000;
export const MOST_SLOTS: i32 = 4;

export const ROWS: usize = 0x200000;
export const ROWS_BYTES: usize = 0x60000;

/** Records for the exact path: start, end and line, 4 bytes each. */
export const EXCEPTIONS: usize = 0x500000;
export const MOST_EXCEPTIONS: i32 = 0xf000;

// Within a slot. Numbers are limbs of 28 or 29 bits (WIDTH), one vector of four lanes each.
export const LIMBS: usize = 0; // u32
export const N0: usize = 4; // u32, -1/n mod 2^WIDTH
export const DIGITS: usize = 8; // u32, hex digits of a signature
export const WAITING: usize = 12; // u32
export const FROM: usize = 16; // f64
export const UNTIL: usize = 24; // f64
export const USES: usize = 32; // u32
export const WIDTH: usize = 36; // u32, bits of a limb
export const MODULUS_HEX: usize = 0x100; // 512 bytes of nibbles
export const N: usize = 0x400;
export const R2: usize = 0x900;
export const EM: usize = 0xe00;
export const S: usize = 0x1300;
export const X: usize = 0x1800;
export const Y: usize = 0x1d00;
export const M: usize = 0x2200;
/** Each lane: what is known of its record (0x200 bytes), its unescaped text, its canonical text. */
export const LANES: usize = 0x4000;
export const LANE_BYTES: usize = 0x4000;
export const UNESCAPED: usize = 0x400;
export const UNESCAPED_BYTES: usize = 0x1000;
export const TEXT: usize = 0x1800;
export const TEXT_BYTES: usize = 0x2000;

// Within a lane.
export const START: usize = 0;
export const END: usize = 4;
export const LINE: usize = 8;
export const LENGTH: usize = 12; // of the canonical text
export const SAYS: usize = 16;
export const FORM: usize = 17;
export const AT: usize = 24; // f64
/** Pointer and length of appid, order, total_fee, fee_type, time_end, pay_mch_order_no, time_stamp, nonce. */
export const FIELDS: usize = 32;
export const DIGEST: usize = 0x80;
