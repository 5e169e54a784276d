/** Blob: bytes with a type and a name. */
import { binaryToText, fromBinary, textToBinary, toBinary } from './bytes';
import { isBytes, isString, mismatch } from './types-of';

const TYPE_BY_EXTENSION: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  zip: 'application/zip',
};

export class Blob {
  constructor(
    private binary: string,
    private type: string | null,
    private label: string | null,
  ) {}

  getBytes(): number[] {
    return fromBinary(this.binary);
  }
  setBytes(bytes: readonly number[]): this {
    this.binary = toBinary(bytes);
    return this;
  }
  getDataAsString(_charset?: string): string {
    return binaryToText(this.binary);
  }
  setDataFromString(text: string, _charset?: string): this {
    this.binary = textToBinary(text);
    return this;
  }
  getContentType(): string | null {
    return this.type;
  }
  setContentType(type: string): this {
    this.type = type;
    return this;
  }
  setContentTypeFromExtension(): this {
    const extension = /\.([^.]+)$/.exec(this.label ?? '')?.[1]?.toLowerCase() ?? '';
    this.type = TYPE_BY_EXTENSION[extension] ?? this.type;
    return this;
  }
  getName(): string | null {
    return this.label;
  }
  setName(name: string): this {
    this.label = name;
    return this;
  }
  isGoogleType(): boolean {
    return false;
  }
  copyBlob(): Blob {
    return new Blob(this.binary, this.type, this.label);
  }
  getBlob(): Blob {
    return this;
  }
  /** The bytes as they cross the bridge. */
  asBinary(): string {
    return this.binary;
  }
  toString(): string {
    return 'Blob';
  }
}

/** `Utilities.newBlob(data, contentType?, name?)`; text becomes UTF-8 of type text/plain. */
export function newBlob(...args: readonly unknown[]): Blob {
  const [data, type, name] = args;
  const rest = [type, name].every((value) => value === undefined || value === null || isString(value));
  if (!rest || !(isString(data) || isBytes(data)) || args.length > 3) throw mismatch(args, 'Utilities.newBlob');
  const given = isString(type) ? type : null;
  const label = isString(name) ? name : null;
  if (isString(data)) return new Blob(textToBinary(data), given ?? 'text/plain', label);
  return new Blob(toBinary(data), given, label);
}
