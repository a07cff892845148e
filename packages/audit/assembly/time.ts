// Times as exchanges have them.

@inline export function digit(q: usize): i32 {
  return <i32>load<u8>(q) - 0x30;
}
function two(q: usize): i32 {
  const a = digit(q), b = digit(q + 1);
  return <u32>a > 9 || <u32>b > 9 ? -1 : a * 10 + b;
}

/** The time that was read last, in milliseconds since 1970. */
export let instant: f64 = 0;

/**
 * Reads `2024-01-01T00:00:00Z`, with or without milliseconds, or an integer of seconds or milliseconds; returns where it
 * ends, 0 for anything else.
 */
export function time(start: usize): usize {
  let p = start;
  if (load<u8>(p) != 0x22) {
    let value: f64 = 0;
    const from = p;
    while (<u32>digit(p) <= 9) {
      value = value * 10 + <f64>digit(p);
      p += 1;
    }
    if (p == from || p - from > 15 || (p - from > 1 && load<u8>(from) == 0x30)) return 0;
    const after = load<u8>(p);
    if (after != 0x2c && after != 0x7d && after != 0x20) return 0;
    instant = value < 1e11 ? value * 1000 : value;
    return p;
  }
  const q = p + 1;
  const century = two(q), years = two(q + 2), month = two(q + 5), day = two(q + 8);
  const hour = two(q + 11), minute = two(q + 14), second = two(q + 17);
  if (century < 19 || years < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23) return 0;
  if (minute < 0 || minute > 59 || second < 0 || second > 59) return 0;
  if (load<u8>(q + 4) != 0x2d || load<u8>(q + 7) != 0x2d || load<u8>(q + 10) != 0x54) return 0;
  if (load<u8>(q + 13) != 0x3a || load<u8>(q + 16) != 0x3a) return 0;
  if (day > 28 && day > (month == 2 ? 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31)) return 0;
  let millis = 0;
  let end = q + 19;
  if (load<u8>(end) == 0x2e) {
    const tens = two(end + 1), ones = digit(end + 3);
    if (tens < 0 || <u32>ones > 9) return 0;
    millis = tens * 10 + ones;
    end += 4;
  }
  if (load<u8>(end) != 0x5a || load<u8>(end + 1) != 0x22) return 0;
  instant = <f64>days(century * 100 + years, month, day) * 86400000 + <f64>((hour * 60 + minute) * 60 + second) * 1000 + <f64>millis;
  return end + 2;
}

/** Days since 1970 (proleptic Gregorian). */
function days(year: i32, month: i32, day: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const era = y / 400, ofEra = y - era * 400;
  const ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
}
