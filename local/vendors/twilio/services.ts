/** Messaging services at messaging.twilio.com: what they are called, what one may do, and the numbers in its pool. */
import { notFound, refusal } from './errors';
import { onlyKnown } from './gate';
import type { OwnNumber, Service, TwilioState } from './state';

type Json = Readonly<Record<string, unknown>>;

const HOST = 'https://messaging.twilio.com';
const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

export function serviceOf(state: TwilioState, sid: string): Service {
  const service = state.services.find((one) => one.sid === sid);
  if (!service) throw notFound(`/Services/${sid}`);
  return service;
}

export function shownService(state: TwilioState, service: Service): Json {
  const url = `${HOST}/v1/Services/${service.sid}`;
  const pool = state.numbers.filter((own) => own.service === service.sid);
  return {
    account_sid: state.account.sid,
    friendly_name: service.name,
    sid: service.sid,
    date_created: iso(service.createdMs),
    date_updated: iso(service.createdMs),
    sticky_sender: true,
    mms_converter: true,
    smart_encoding: service.smartEncoding,
    fallback_to_long_code: true,
    scan_message_content: 'inherit',
    synchronous_validation: false,
    area_code_geomatch: true,
    validity_period: service.validitySeconds,
    inbound_request_url: null,
    inbound_method: null,
    fallback_url: null,
    fallback_method: null,
    status_callback: null,
    usecase: 'notifications',
    us_app_to_person_registered: pool.length > 0 && pool.every((own) => own.registered),
    use_inbound_webhook_on_number: false,
    links: { phone_numbers: `${url}/PhoneNumbers`, us_app_to_person: `${url}/Compliance/Usa2p` },
    url,
  };
}

const shownNumber = (state: TwilioState, service: Service, own: OwnNumber): Json => ({
  sid: own.sid,
  account_sid: state.account.sid,
  service_sid: service.sid,
  date_created: iso(service.createdMs),
  date_updated: iso(service.createdMs),
  phone_number: own.number,
  country_code: own.number.startsWith('+44') ? 'GB' : 'US',
  capabilities: ['SMS', 'MMS', 'Voice'],
  url: `${HOST}/v1/Services/${service.sid}/PhoneNumbers/${own.sid}`,
});

export const listedServices = (state: TwilioState, url: URL): Json =>
  paged(url, 'services', state.services, (service) => shownService(state, service));

export const listedNumbers = (state: TwilioState, service: Service, url: URL): Json =>
  paged(
    url,
    'phone_numbers',
    state.numbers.filter((own) => own.service === service.sid),
    (own) => shownNumber(state, service, own),
  );

const wholeOf = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN);

/** The pages of these lists have whole addresses. */
function paged<Row extends { readonly sid: string }>(
  url: URL,
  key: string,
  rows: readonly Row[],
  show: (row: Row) => Json,
): Json {
  const query = onlyKnown(url.searchParams, ['PageSize', 'Page', 'PageToken']);
  const size = wholeOf(query.PageSize ?? '50');
  const page = wholeOf(query.Page ?? '0');
  if (!(size >= 1 && size <= 1000) || Number.isNaN(page)) throw refusal(20001, 'Invalid paging parameters');
  const token = query.PageToken;
  if (page > 0 && token === undefined) throw refusal(70002, 'Paged requests must include a PageToken');
  const from = token === undefined ? 0 : rows.findIndex(({ sid }) => `PA${sid}` === token) + 1;
  if (token !== undefined && from === 0) throw refusal(20001, `PageToken ${token} is invalid`);
  const items = rows.slice(from, from + size);
  const at = (number: number, after?: string) =>
    `${HOST}${url.pathname}?PageSize=${size}&Page=${number}${after === undefined ? '' : `&PageToken=${after}`}`;
  return {
    meta: {
      page,
      page_size: size,
      first_page_url: at(0),
      previous_page_url: null,
      url: at(page, token),
      next_page_url: from + size < rows.length ? at(page + 1, `PA${items.at(-1)!.sid}`) : null,
      key,
    },
    [key]: items.map(show),
  };
}
