// Where everything is in memory. All of it is fixed: nothing is allocated while the module runs.

/** The names that objects may have: see labels.ts. */
export const LABELS: usize = 0x1000;
/** The label that came first, second ... in the record before, a byte each, 32 for each kind of object. */
export const GUESSES: usize = 0x1800;
/** Whether a documented member's value may be text (1), an integer (2) or either (3). */
export const NAME_TYPES: usize = 0x1900;
/** The endpoints' names, as labels without quotes. */
export const ENDPOINT_NAMES: usize = 0x1a00;
/** `business_mode`. */
export const BUSINESS_MODE: usize = 0x1b00;
/** The value of a hex digit by its byte, 0xff for other bytes. */
export const HEX: usize = 0x5000;
/** The documented results: 16 bytes of text each, then the length and the `says` of a fact. */
export const RESULTS: usize = 0x5200;
/** MD5's words of a block: see md5.ts. */
export const MD5_WORDS: usize = 0x5c00;
/** Counts of a run: see index.ts. */
export const OUT: usize = 0x6000;
/** What is known of the record in hand: pointer and length of each documented member, by its place. */
export const VALUES: usize = 0x6800;
/** Members that are not documented: name pointer, name length, value pointer, value length. */
export const EXTRAS: usize = 0x6a00;
/** The value of a member that is not documented, until it is there. */
export const SPARE: usize = 0x6d00;

export const INPUT: usize = 0x10000;
export const INPUT_BYTES: usize = 0x110000;

// Once no chunk is to be judged any more (chains.ts): rows of facts, the row behind each in its chain, and the chains' slots,
// over which the heads of those that are to be looked at are written.
export const CHAIN_ROWS: usize = INPUT;
export const CHAIN_NEXT: usize = 0x510000;
export const CHAIN_SLOTS: usize = 0x5c0000;

/** One slot for each key: its numbers, and the eight messages that wait for it. */
export const SLOTS: usize = 0x5c0000;
export const SLOT_BYTES: usize = 0x40000;
export const MOST_SLOTS: i32 = 4;
/** A lane of its own for records that nobody signs. */
export const UNSIGNED: usize = 0x6c0000;
/** A bit for each byte of a line: see cursor.ts. */
export const MASKS: usize = 0x6c1000;

/** Facts as rows (facts.ts): a block for each partition, and the bytes that are in it. */
export const ROWS: usize = 0x200000;
export const PARTITIONS: u32 = 128;
/** No multiple of 4096: the places that are written next would evict each other from the cache. */
export const BLOCK: u32 = 0x5fc0;
/** A row may begin where a block holds no more than this: it has less than 0x900 bytes. */
export const BLOCK_LIMIT: u32 = 0x5680;
export const ROW_LENGTHS: usize = 0x6100;
/** Masks of sayings: see screen.ts. */
export const SCREEN: usize = 0x6040;
/** The texts that a row is known by, one after the other. */
export const KEY: usize = 0x6500;

/** Records for the exact path: start, end and line, 4 bytes each. Those that wait in slots may become some, and fit too. */
export const EXCEPTIONS: usize = 0x500000;
export const MOST_EXCEPTIONS: u32 = 0xf000;

// Within a slot. Numbers are as digits.ts says.
export const PAIRS: usize = 0; // u32, of digits
export const DIGITS: usize = 8; // u32, hex digits of a signature
export const WAITING: usize = 12; // u32
export const FROM: usize = 16; // f64
export const UNTIL: usize = 24; // f64
export const USES: usize = 32; // u32
/** -1/n mod 2^26, at the top of 32 bits, in each lane. */
export const INVERSE: usize = 0x40;
/** The modulus in bytes, the lowest first. */
export const MODULUS: usize = 0x100;
/** The encoded message of the digest 0, times R^-65536. */
export const EM: usize = 0x400;
/** -n, as it comes out of a subtraction. */
export const NEGATIVE: usize = 0x940;
export const N: usize = 0xe80;
/** The numbers of the first four messages; those of the other four are GROUP behind them, FACTOR too. */
export const FACTOR: usize = 0x1e80;
export const S: usize = 0x2e80;
export const M: usize = 0x3e80;
export const X: usize = 0x4400;
export const Y: usize = 0x5440;
/** Four columns' sums, and HIGHS behind them what was moved out of them. */
export const SUMS: usize = 0x6400;
export const HIGHS: usize = 0x40;
export const CARRIES: usize = 0x6480;
/** The digests as numbers of 12 digits. */
export const D: usize = 0x64c0;
/** No multiple of 4096: loads of both groups would evict each other from the cache. */
export const GROUP: usize = 0x46c0;
/** Each lane: what is known of its record (0x200 bytes), its unescaped text, its canonical text. */
export const LANES: usize = 0xb000;
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
/** The digest and the signature as numbers in bytes, the lowest first, with zeros behind them. */
export const DIGEST: usize = 0x80;
export const SIGNATURE: usize = 0xc0;
