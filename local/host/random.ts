/** Chance that repeats: every draw is a digest of the world's seed, its purpose and its number. */
import { createHash } from 'node:crypto';

/** 32 bytes that depend on the seed and the name only. */
export function draw(seed: number | string, name: string): Buffer {
  return createHash('sha256').update(`${seed}\n${name}`).digest();
}

/** A whole number in 0..below-1. */
export function drawInt(seed: number | string, name: string, below: number): number {
  return draw(seed, name).readUInt32BE(0) % below;
}

/** A number in [0, 1). */
export function drawUnit(seed: number | string, name: string): number {
  return draw(seed, name).readUInt32BE(0) / 2 ** 32;
}

/** Lower-case hex of `digits` figures, as Gmail's ids are written. */
export function drawHex(seed: number | string, name: string, digits: number): string {
  return draw(seed, name).toString('hex').slice(0, digits);
}

/** A random-looking version 4 UUID. */
export function drawUuid(seed: number | string, name: string): string {
  const bytes = draw(seed, name).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
