/** Widths of a bucket in milliseconds, each a multiple of the one before. */
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const WIDTHS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 360 * MINUTE, DAY, 7 * DAY, 28 * DAY, 364 * DAY, 3640 * DAY]; // biome-ignore format: a list

/** More buckets than a chart has pixels for are made wider. */
const MOST = 120;

/** One bucket: where it begins, and the count of each series. */
export interface Bucket {
  readonly at: number;
  readonly counts: readonly number[];
}

/** A series as it is kept on disk. */
export interface TimeSeriesState {
  readonly level: number;
  readonly buckets: readonly (readonly [index: number, counts: readonly number[]])[];
}

/** Counts by time in buckets that widen as needed: memory is flat, whatever span the log covers. */
export class TimeSeries {
  private readonly names: number;
  private level = 0;
  private buckets = new Map<number, number[]>();

  constructor(names: number) {
    this.names = names;
  }

  add(at: number, series: number): void {
    if (!Number.isFinite(at)) return;
    const index = Math.floor(at / this.width);
    let counts = this.buckets.get(index);
    if (!counts) {
      counts = Array.from({ length: this.names }, () => 0);
      this.buckets.set(index, counts);
      if (this.buckets.size > 4 * MOST) this.widen();
    }
    counts[series] = (counts[series] ?? 0) + 1;
  }

  get state(): TimeSeriesState {
    return { level: this.level, buckets: [...this.buckets] };
  }

  restore({ level, buckets }: TimeSeriesState): void {
    this.level = level;
    this.buckets = new Map(buckets.map(([index, counts]) => [index, [...counts]]));
  }

  /** Milliseconds of one bucket. */
  get width(): number {
    return WIDTHS[this.level] ?? DAY;
  }

  /** Every bucket from the first to the last, empty ones too. */
  list(): readonly Bucket[] {
    if (this.buckets.size === 0) return [];
    let indexes = [...this.buckets.keys()];
    const span = (): number => Math.max(...indexes) - Math.min(...indexes);
    while (span() >= MOST && this.level < WIDTHS.length - 1) {
      this.widen();
      indexes = [...this.buckets.keys()];
    }
    const first = Math.min(...indexes);
    const none = Array.from({ length: this.names }, () => 0);
    return Array.from({ length: Math.min(span() + 1, 2 * MOST) }, (_, i) => ({
      at: (first + i) * this.width,
      counts: this.buckets.get(first + i) ?? none,
    }));
  }

  private widen(): void {
    if (this.level === WIDTHS.length - 1) return;
    const before = this.width;
    this.level += 1;
    const wider = new Map<number, number[]>();
    for (const [index, counts] of this.buckets) {
      const to = Math.floor((index * before) / this.width);
      const sum = wider.get(to);
      if (sum) for (const [i, count] of counts.entries()) sum[i] = (sum[i] ?? 0) + count;
      else wider.set(to, counts);
    }
    this.buckets = wider;
  }
}

/** The same of a series along the log. */
export interface PlaceSeriesState {
  readonly buckets: readonly (readonly number[])[];
  readonly chunks: number;
  readonly held: number;
}

/** Counts along the log, chunk after chunk, in at most `2 * MOST` buckets. */
export class PlaceSeries {
  private buckets: number[][] = [];
  private chunks = 1;
  private held = 0;

  add(counts: readonly number[]): void {
    const last = this.buckets.at(-1);
    if (last && this.held < this.chunks)
      for (const [i, count] of counts.entries()) last[i] = (last[i] ?? 0) + count;
    else {
      this.buckets.push([...counts]);
      this.held = 0;
    }
    this.held += 1;
    if (this.buckets.length < 2 * MOST) return;
    const pairs = this.buckets.filter((_, i) => i % 2 === 0);
    this.buckets = pairs.map((first, i) =>
      first.map((count, j) => count + (this.buckets[2 * i + 1]?.[j] ?? 0)),
    );
    this.chunks *= 2;
    this.held = this.chunks;
  }

  get state(): PlaceSeriesState {
    const { buckets, chunks, held } = this;
    return { buckets, chunks, held };
  }

  restore({ buckets, chunks, held }: PlaceSeriesState): void {
    this.buckets = buckets.map((counts) => [...counts]);
    this.chunks = chunks;
    this.held = held;
  }

  list(): readonly Bucket[] {
    return this.buckets.map((counts, i) => ({ at: i, counts }));
  }
}
