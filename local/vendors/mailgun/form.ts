/** Bodies of forms: fields in order, each as often as it was given, from multipart/form-data or the urlencoded kind. */
import { mediaType } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { badRequest, refusal } from './errors';
import type { Attachment } from './state';

export interface Form {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: readonly (readonly [name: string, file: Attachment])[];
}

export const fieldsOf = ({ fields }: Form, name: string): string[] =>
  fields.filter(([each]) => each === name).map(([, value]) => value);

/** The one value of a field. Throws when it was given more than once. */
export function fieldOf(form: Form, name: string): string | undefined {
  const [first, ...more] = fieldsOf(form, name);
  if (more.length > 0) throw badRequest(`${name} parameter is given more than once`);
  return first;
}

export function formOf(request: SandboxRequest): Form {
  switch (mediaType(request)) {
    case 'application/x-www-form-urlencoded':
      return { fields: [...new URLSearchParams(request.body)], files: [] };
    case 'multipart/form-data':
      return multipart(request);
    default:
      throw refusal(415, 'Unsupported Media Type');
  }
}

function multipart(request: SandboxRequest): Form {
  const type = request.headers['content-type'] ?? '';
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type);
  const mark = `--${boundary?.[1] ?? boundary?.[2] ?? ''}`;
  const parts = `\r\n${request.body}`.split(`\r\n${mark}`);
  if (!boundary || parts.length < 2 || !parts.at(-1)!.startsWith('--')) throw badRequest('malformed multipart body');
  const form = { fields: [] as [string, string][], files: [] as [string, Attachment][] };
  for (const part of parts.slice(1, -1)) readPart(part, form);
  return form;
}

function readPart(part: string, form: { fields: [string, string][]; files: [string, Attachment][] }): void {
  const end = part.indexOf('\r\n\r\n');
  const head = part.slice(0, end);
  const name = /\bname="([^"]*)"/i.exec(head.replace(/filename="[^"]*"/i, ''))?.[1];
  if (end < 0 || name === undefined) throw badRequest('malformed multipart body');
  const content = part.slice(end + 4);
  const filename = /\bfilename="([^"]*)"/i.exec(head)?.[1];
  if (filename === undefined) {
    form.fields.push([name, content]);
    return;
  }
  const type = /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? 'application/octet-stream';
  form.files.push([name, { filename, 'content-type': type, size: Buffer.byteLength(content) }]);
}
