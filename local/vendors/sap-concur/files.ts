/** Files that are sent to SAP Concur: the body's bytes, the parts of a form with files, and what kind of picture bytes are. */
import type { SandboxRequest } from '../sandbox';

/** The body as characters 0 to 255, one for each byte. */
export const bytesOf = ({ body, bytes }: SandboxRequest): string =>
  bytes ?? Buffer.from(body, 'utf8').toString('latin1');

export interface Part {
  readonly name: string;
  /** Null for a plain field. */
  readonly fileName: string | null;
  readonly type: string;
  readonly bytes: string;
}

const parameter = (header: string, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header);
  return found ? (found[1] ?? found[2]) : undefined;
};

/** The parts of a multipart form (RFC 7578); undefined when it is none. */
export function partsOf(request: SandboxRequest): readonly Part[] | undefined {
  const boundary = parameter(request.headers['content-type'] ?? '', 'boundary');
  if (!boundary) return undefined;
  const [before, ...pieces] = `\r\n${bytesOf(request)}`.split(`\r\n--${boundary}`);
  const end = pieces.pop();
  if (before !== '' || !end?.startsWith('--')) return undefined;
  const parts = pieces.map(partIn);
  return parts.some((part) => part === undefined) ? undefined : (parts as Part[]);
}

function partIn(piece: string): Part | undefined {
  const cut = piece.indexOf('\r\n\r\n');
  if (!piece.startsWith('\r\n') || cut < 0) return undefined;
  const headers = new Map(
    piece
      .slice(2, cut)
      .split('\r\n')
      .map((line) => [line.split(':', 1)[0]!.trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  if (!disposition.startsWith('form-data') || name === undefined) return undefined;
  const type = (headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  return { name, fileName: parameter(disposition, 'filename') ?? null, type, bytes: piece.slice(cut + 4) };
}

const STARTS: readonly (readonly [start: string, types: readonly string[]])[] = [
  ['%PDF-', ['application/pdf']],
  ['\x89PNG\r\n\x1a\n', ['image/png']],
  ['\xff\xd8\xff', ['image/jpeg', 'image/jpg']],
  ['GIF87a', ['image/gif']],
  ['GIF89a', ['image/gif']],
  ['II*\0', ['image/tiff', 'image/tif']],
  ['MM\0*', ['image/tiff', 'image/tif']],
];

/** The bytes are what the type says; a PDF must also have come whole. */
export function isReadable(bytes: string, type: string): boolean {
  const isThat = STARTS.some(([start, types]) => types.includes(type) && bytes.startsWith(start));
  return isThat && (type !== 'application/pdf' || /%%EOF\s*$/.test(bytes.slice(-1024)));
}

/** A PDF that asks for a password or holds back rights. */
export const isEncrypted = (bytes: string): boolean => bytes.startsWith('%PDF-') && /\/Encrypt\b/.test(bytes);
