/** Bodies against the JSON Schema of a Request trigger; complaints are worded as the service words them. */
import Ajv, { type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

const ajv = new Ajv({ strict: false, logger: false });
addFormats(ajv);

const KIND = (value: unknown): string => {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (Number.isInteger(value)) return 'Integer';
  const kind = typeof value === 'number' ? 'float' : typeof value;
  return kind.charAt(0).toUpperCase() + kind.slice(1);
};

const capital = (word: unknown): string => String(word).replace(/^./, (first) => first.toUpperCase());

function worded({ keyword, params, data, message }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return `Required properties are missing from object: ${params.missingProperty}.`;
    case 'type':
      return `Invalid type. Expected ${capital(params.type)} but got ${KIND(data)}.`;
    case 'enum':
      return `Value ${JSON.stringify(data)} is not defined in enum.`;
    case 'pattern':
      return `String '${data}' does not match regex pattern '${params.pattern}'.`;
    case 'additionalProperties':
      return `Property '${params.additionalProperty}' has not been defined and the schema allows no additional properties.`;
    default:
      return `The value ${message}.`;
  }
}

/** What is wrong with the body; undefined when nothing is. */
export function mismatch(schema: unknown, body: unknown): string | undefined {
  const { $schema: _dialect, $id: _id, id: _old, ...rest } = schema as Record<string, unknown>;
  const validate = ajv.compile({ ...rest, $comment: undefined });
  if (validate(body)) return undefined;
  const verbose = validate.errors?.[0];
  return verbose ? worded({ ...verbose, data: valueAt(body, verbose.instancePath) }) : 'The body is not valid.';
}

const valueAt = (body: unknown, path: string): unknown =>
  path
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name.replace(/~1/g, '/')], body);
