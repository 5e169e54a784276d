/** Python's `random.Random(seed)`: the Mersenne Twister, so that a workload made by Python can be made again here. */

const LENGTH = 624;
const MIDDLE = 397;

export class PythonRandom {
  private readonly state = new Uint32Array(LENGTH);
  private at = LENGTH;

  constructor(seed: number) {
    this.seedBy([seed >>> 0]);
  }

  private seedOne(seed: number): void {
    const { state } = this;
    state[0] = seed;
    for (let i = 1; i < LENGTH; i++) {
      const before = state[i - 1] as number;
      state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  /** `init_by_array` of the reference implementation. */
  private seedBy(keys: readonly number[]): void {
    const { state } = this;
    this.seedOne(19650218);
    const mixed = (i: number, factor: number) => {
      const before = state[i - 1] as number;
      return (state[i] as number) ^ Math.imul(before ^ (before >>> 30), factor);
    };
    let i = 1;
    let j = 0;
    const step = () => {
      i++;
      if (i < LENGTH) return;
      state[0] = state[LENGTH - 1] as number;
      i = 1;
    };
    for (let count = Math.max(LENGTH, keys.length); count > 0; count--) {
      state[i] = mixed(i, 1664525) + (keys[j] as number) + j;
      step();
      j = (j + 1) % keys.length;
    }
    for (let count = LENGTH - 1; count > 0; count--) {
      state[i] = mixed(i, 1566083941) - i;
      step();
    }
    state[0] = 0x80000000;
  }

  private refill(): void {
    const { state } = this;
    for (let i = 0; i < LENGTH; i++) {
      const bits = ((state[i] as number) & 0x80000000) | ((state[(i + 1) % LENGTH] as number) & 0x7fffffff);
      const twist = bits & 1 ? 0x9908b0df : 0;
      state[i] = (state[(i + MIDDLE) % LENGTH] as number) ^ (bits >>> 1) ^ twist;
    }
    this.at = 0;
  }

  private word(): number {
    if (this.at >= LENGTH) this.refill();
    let bits = this.state[this.at++] as number;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    bits ^= bits >>> 18;
    return bits >>> 0;
  }

  /** In [0, 1) with 53 bits. */
  random(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number below `limit`, which is at most 32 bits wide. */
  below(limit: number): number {
    const width = 32 - Math.clz32(limit);
    for (;;) {
      const drawn = this.word() >>> (32 - width);
      if (drawn < limit) return drawn;
    }
  }
}
