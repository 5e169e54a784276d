/** ContentService: what a web app answers when it is no page. */
import { type EnumValue, enumeration, nameIn } from './enums';
import { mismatch } from './types-of';

const MimeType = enumeration('CSV', 'ICAL', 'JAVASCRIPT', 'JSON', 'TEXT', 'VCARD');

export class TextOutput {
  private type: keyof typeof MimeType = 'TEXT';
  private file: string | null = null;

  constructor(private content: string | null) {}

  getContent(): string | null {
    return this.content;
  }
  setContent(content: unknown): this {
    this.content = String(content);
    return this;
  }
  append(text: unknown): this {
    this.content = (this.content ?? '') + String(text);
    return this;
  }
  /** Content is null after this, unlike that of a page. */
  clear(): this {
    this.content = null;
    return this;
  }
  getMimeType(): EnumValue {
    return MimeType[this.type];
  }
  setMimeType(type: unknown): this {
    const name = nameIn(MimeType, type);
    if (name === undefined) throw mismatch([type], 'ContentService.TextOutput.setMimeType');
    this.type = name;
    return this;
  }
  getFileName(): string | null {
    return this.file;
  }
  downloadAsFile(name: string): this {
    this.file = name;
    return this;
  }
  describe(): Record<string, unknown> {
    return { content: this.content ?? '', type: this.type, file: this.file };
  }
  toString(): string {
    return 'TextOutput';
  }
}

export const ContentService = {
  MimeType,
  createTextOutput: (content?: unknown): TextOutput => new TextOutput(content === undefined ? '' : String(content)),
  toString: (): string => 'ContentService',
};
