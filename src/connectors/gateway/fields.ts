/** What the owner enters of a gateway: its address and key, and whatever of its habits is other than most have. */
import type { CredentialField } from '../connector';
import { type Answered, BACK, type GatewayDefaults, MAPPED, mapName, type Part, REPEATS, SIGNS } from './profile';

/** A field that is no secret and may be left empty. */
export const open = (
  name: string,
  label: string,
  help: string,
  more: Partial<CredentialField> = {},
): CredentialField => ({
  name,
  label,
  help,
  secret: false,
  optional: true,
  ...more,
});

const LABELS: Readonly<Record<Part | Answered, string>> = {
  amount: 'Amount',
  date: 'Day',
  tenant: 'Tenant',
  lease: 'Lease',
  unit: 'Unit',
  property: 'Property',
  code: 'Type of charge',
  reference: 'Our reference',
  id: 'Id of the line',
  status: 'Status of the line',
  balance: 'Open of a charge',
  type: 'Charge or payment',
  postMonth: 'Month',
  method: 'Method of payment',
  document: 'Number of the payment',
  text: 'Description',
  reverses: 'Line that it takes back',
};

/** All are optional: a platform with another profile besides asks for none of them. */
export function gatewayFields(defaults: GatewayDefaults): readonly CredentialField[] {
  const { auth, header, paths, list, codes, ids } = defaults;
  const kinds = [auth, ...(['bearer', 'basic', 'header'] as const).filter((each) => each !== auth)];
  return [
    open('GATEWAY_URL', 'Address of the gateway', 'Whoever runs it says which: https://rent.example.com'),
    { name: 'GATEWAY_SECRET', label: 'Key of the gateway', help: 'The token, password or key', optional: true },
    open('GATEWAY_AUTH', 'How the key is sent', 'bearer token, basic (user and password), or a header', {
      choices: kinds,
    }),
    open('GATEWAY_USER', 'User', 'For basic only'),
    open('GATEWAY_HEADER', 'Name of the header', `For header only; ${header ?? 'X-Api-Key'} when empty`),
    {
      name: 'GATEWAY_EXTRA',
      label: 'Another header',
      help: 'Sent with every call: Name: value',
      optional: true,
    },
    open('GATEWAY_PATH_CHARGES', 'Path of charges', `${paths.charge} when empty`),
    open('GATEWAY_PATH_PAYMENTS', 'Path of payments', `${paths.payment} when empty`),
    open('GATEWAY_PATH_TENANTS', 'Path of tenants', `${paths.tenants ?? 'None'} when empty; - where there is none`),
    open('GATEWAY_ROOT', 'Member with the lines', `${list.lines} when empty`),
    open('GATEWAY_TENANT_ROOT', 'Member with the tenants', `${list.tenants} when empty`),
    open('GATEWAY_NEXT', 'Member that leads on', `${list.next} when empty`),
    open('GATEWAY_NEXT_IS', 'What leads on', 'The next page’s number, its path, or how many pages there are', {
      choices: [list.nextIs, ...(['page', 'path', 'pages'] as const).filter((each) => each !== list.nextIs)],
    }),
    open('GATEWAY_ASKS', 'Parameters of lists', 'Where they are called otherwise: from=start, reference=- for none'),
    open('GATEWAY_DAYS', 'How days are written', 'In bodies; lists are always asked by yyyy-MM-dd', {
      choices: ['yyyy-MM-dd', 'MM/dd/yyyy', 'yyyy-MM-ddTHH:mm:ss'],
    }),
    open('GATEWAY_AMOUNTS', 'How amounts are written', '"1250.00", 1250 or 125000', {
      choices: ['decimal-string', 'number', 'cents'],
    }),
    open('GATEWAY_SIGNS', 'Signs', 'Of amounts in lines', { choices: SIGNS }),
    open('GATEWAY_IDS', 'Ids', 'Of tenants, units and properties', {
      choices: [ids, ids === 'text' ? 'number' : 'text'],
    }),
    open('GATEWAY_CODES', 'Types of charges', `Ours and theirs: ${codes}. Another type is not sent but told`),
    open('GATEWAY_METHOD', 'Method of payments', 'As the gateway calls one that came in elsewhere; Other when empty'),
    open('GATEWAY_REPEATS', 'After a lost answer', 'What the gateway promises about a repeat', { choices: REPEATS }),
    open(
      'GATEWAY_BACK',
      'Money that goes back, and credit',
      'Taken out there by hand, or sent as a line below nothing',
      {
        choices: BACK,
      },
    ),
    open('GATEWAY_CURRENCY', 'Currency', 'USD when empty'),
    open(
      'GATEWAY_TENANT_FIELDS',
      'Fields of tenants',
      'Where they are called otherwise: first=givenName, rent=monthlyRent',
    ),
    ...MAPPED.map((part) =>
      open(mapName(part), LABELS[part], `${usual(defaults, part)}; - where the gateway has none`, {
        pick: 'fields',
        maps: 'Fields',
      }),
    ),
  ];
}

function usual({ charge, payment, answer }: GatewayDefaults, part: Part | Answered): string {
  const names =
    part in answer ? [answer[part as Answered]] : [charge[part as Part], payment[part as Part]].filter((each) => each);
  const [first, second] = names;
  if (!first) return 'Not sent when empty';
  return `${second && second !== first ? `${first} | ${second}` : first} when empty`;
}
