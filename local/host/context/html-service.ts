/** HtmlService: pages from text, files and templates. */
import { Blob } from './blob';
import { call, exception } from './bridge';
import { textToBinary } from './bytes';
import { type Enumeration, type EnumValue, enumeration } from './enums';
import { escapeHtml, fill } from './html-template';
import { isString, mismatch } from './types-of';

const XFrameOptionsMode = enumeration('ALLOWALL', 'DEFAULT');
const SandboxMode: Enumeration<'EMULATED' | 'IFRAME' | 'NATIVE'> = enumeration('EMULATED', 'IFRAME', 'NATIVE');
const META_NAMES = ['apple-mobile-web-app-capable', 'google-site-verification', 'mobile-web-app-capable', 'viewport'];

const textOf = (value: unknown) => (value instanceof Blob ? value.getDataAsString() : String(value));

export class HtmlOutput {
  private title = '';
  private width: number | null = null;
  private height: number | null = null;
  private favicon: string | null = null;
  private frame: EnumValue = XFrameOptionsMode.DEFAULT;
  private readonly metas: { readonly name: string; readonly content: string }[] = [];

  constructor(private content: string) {}

  getContent(): string {
    return this.content;
  }
  setContent(content: unknown): this {
    this.content = String(content);
    return this;
  }
  append(text: unknown): this {
    this.content += String(text);
    return this;
  }
  appendUntrusted(text: unknown): this {
    this.content += escapeHtml(String(text));
    return this;
  }
  clear(): this {
    this.content = '';
    return this;
  }
  getTitle(): string {
    return this.title;
  }
  setTitle(title: unknown): this {
    this.title = String(title);
    return this;
  }
  getWidth(): number | null {
    return this.width;
  }
  setWidth(width: number): this {
    this.width = width;
    return this;
  }
  getHeight(): number | null {
    return this.height;
  }
  setHeight(height: number): this {
    this.height = height;
    return this;
  }
  getFaviconUrl(): string | null {
    return this.favicon;
  }
  setFaviconUrl(url: string): this {
    this.favicon = url;
    return this;
  }
  addMetaTag(name: unknown, content: unknown): this {
    if (!META_NAMES.includes(String(name))) {
      throw exception('The specified meta tag cannot be used in this context.');
    }
    this.metas.push({ name: String(name), content: String(content) });
    return this;
  }
  getMetaTags(): { getName(): string; getContent(): string }[] {
    return this.metas.map(({ name, content }) => ({ getName: () => name, getContent: () => content }));
  }
  setXFrameOptionsMode(mode: EnumValue): this {
    if (!Object.values(XFrameOptionsMode).includes(mode)) {
      throw mismatch([mode], 'HtmlService.HtmlOutput.setXFrameOptionsMode');
    }
    this.frame = mode;
    return this;
  }
  /** Every page is an iframe page today; the method does nothing, as on Google. */
  setSandboxMode(_mode: EnumValue): this {
    return this;
  }
  getBlob(): Blob {
    return new Blob(textToBinary(this.content), 'text/html', null);
  }
  getAs(type: string): Blob {
    return this.getBlob().setContentType(type);
  }
  asTemplate(): HtmlTemplate {
    return new HtmlTemplate(this.content);
  }
  /** What the host needs to show the page. */
  describe(): Record<string, unknown> {
    const { content, title, width, height, metas } = this;
    return { content, title, width, height, metas, frame: this.frame.name() };
  }
  toString(): string {
    return 'HtmlOutput';
  }
}

/** Fields set on the template are the variables of its scriptlets. */
export class HtmlTemplate {
  [field: string]: unknown;

  constructor(source: string) {
    Object.defineProperty(this, 'source', { value: source, enumerable: false });
  }
  getRawContent(): string {
    return String(this.source);
  }
  evaluate(): HtmlOutput {
    return new HtmlOutput(fill(String(this.source), this));
  }
  toString(): string {
    return 'HtmlTemplate';
  }
}

const fileText = (name: unknown) => {
  if (!isString(name)) throw mismatch([name], 'HtmlService.createHtmlOutputFromFile');
  return String(call('HtmlService', 'getFile', [name]));
};

export const HtmlService = {
  XFrameOptionsMode,
  SandboxMode,
  createHtmlOutput: (html: unknown = ''): HtmlOutput => new HtmlOutput(textOf(html)),
  createHtmlOutputFromFile: (name: unknown): HtmlOutput => new HtmlOutput(fileText(name)),
  createTemplate: (html: unknown): HtmlTemplate => new HtmlTemplate(textOf(html)),
  createTemplateFromFile: (name: unknown): HtmlTemplate => new HtmlTemplate(fileText(name)),
  getUserAgent: (): string | null => null,
  toString: (): string => 'HtmlService',
};
