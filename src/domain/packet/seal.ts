/** The digests of a packet: one check for each row, by which a changed one is found, and one digest for all. */
import { digestOf } from '../audit';
import { PARTS, type Packet, type PartId, type PartRow } from './parts';

/** Counted up when what is digested changes. */
export const PACKET_FORMAT = '1';
const CHECK_LENGTH = 12;

/** A packet with the digests that it shows: as computed, or as a file has them. */
export interface Sealed {
  readonly packet: Packet;
  readonly checks: Readonly<Record<PartId, readonly string[]>>;
  readonly digest: string;
}

/** The check at the end of a row: it tells a row that was changed, moved or copied. */
export const checkOf = (part: PartId, place: number, row: PartRow): string =>
  digestOf(JSON.stringify([part, place, ...row])).slice(0, CHECK_LENGTH);

/** SHA-256 over all rows of all parts. */
export const contentsDigest = (packet: Packet): string =>
  digestOf(JSON.stringify([PACKET_FORMAT, ...PARTS.map(({ id }) => [id, packet[id]])]));

export function seal(packet: Packet): Sealed {
  const checks = {} as Record<PartId, readonly string[]>;
  for (const { id } of PARTS) checks[id] = packet[id].map((row, place) => checkOf(id, place, row));
  return { packet, checks, digest: contentsDigest(packet) };
}
