/** UrlFetchApp: what goes to a vendor, what comes back, and everything that can be wrong with either. */
import { HarRecorder, redactBody, redactUrl } from '../../local/har';
import { type GoogleSheetsState, googleSheets } from '../../local/vendors/google-sheets';
import { googleSheetsPeople } from '../../local/vendors/people';
import type { Sandbox } from '../../local/vendors/sandbox';
import type { World } from '../../local/world';
import { type Counter, evaluate, OWNER, tinyBundle, tinyWorld } from './tiny-world';

const PROBE = 'function probe(code) { return eval(code); }';
const AT = 'https://api.counter.test';

function seen(code: string): Counter['seen'] {
  const world = tinyWorld(PROBE);
  const result = world.run('probe', [code]);
  if (!result.ok) throw new Error(result.error?.message);
  return world.vendorState<Counter>('counter').seen;
}

describe('a request', () => {
  it('with an object as payload is a form', () => {
    const [request] = seen(`UrlFetchApp.fetch('${AT}/x', { method: 'post', payload: { a: 1, b: 'c d&é' } })`);
    expect(request).toMatchObject({ method: 'POST', body: 'a=1&b=c+d%26%C3%A9' });
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('carries its content type, its headers in lower case and the agent of Apps Script', () => {
    const [request] = seen(`UrlFetchApp.fetch('${AT}/x', { method: 'put', contentType: 'application/json',
      payload: '{"é":1}', headers: { Authorization: 'Bearer t' } })`);
    expect(request).toMatchObject({ method: 'PUT', body: '{"é":1}' });
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer t' });
    expect(request?.headers['user-agent']).toContain('Google-Apps-Script');
  });

  it('with bytes that are no text brings every one of them', () => {
    const [text, picture] = seen(`UrlFetchApp.fetch('${AT}/x', { method: 'post', payload: Utilities.newBlob('é') });
      UrlFetchApp.fetch('${AT}/x', { method: 'post', payload: Utilities.newBlob([-119, 80, 78, 71, -1], 'image/png') })`);
    expect([text?.body, text?.bytes]).toEqual(['é', undefined]);
    expect([picture?.bytes, picture?.headers['content-type']]).toEqual(['\x89PNG\xff', 'image/png']);
  });

  it.each([
    [`fetch('${AT}/' + 'x'.repeat(2100))`, 'URLFetch URL Length'],
    [`fetch('${AT}/', { headers: { Host: 'a' } })`, 'Header:Host'],
    [`fetch('${AT}/', { headers: { A: null } })`, 'Header:null'],
    [`fetch('${AT}/', { headers: { A: 'x\\r\\nB: y' } })`, 'Header:A'],
    [`fetch('${AT}/', { headers: { A: 'x'.repeat(8200) } })`, 'URLFetch Header Size'],
    [`fetch('${AT}/', { method: 'trace' })`, 'method'],
    ["fetch('ftp://api.counter.test/')", 'Invalid argument'],
    ['fetch(7)', "don't match the method signature"],
  ])('%s is refused', (code, text) => {
    expect(evaluate(`UrlFetchApp.${code}`)).toContain(text);
  });

  it('off the manifest’s list is refused', () => {
    const world = tinyWorld(tinyBundle(PROBE, { urlFetchWhitelist: ['https://only.test/'] }));
    expect(evaluate(`UrlFetchApp.fetch('${AT}/')`, world)).toContain('urlFetchWhitelist');
  });
});

describe('a reply', () => {
  it('has its code, text and headers in the case that servers send', () => {
    const code = `var r = UrlFetchApp.fetch('${AT}/x'); [r.getResponseCode(), JSON.parse(r.getContentText()).path,
      r.getHeaders()['X-Request-Id'], r.getAllHeaders()['Content-Type'], r.getBlob().getContentType()]`;
    expect(evaluate(code)).toEqual([200, '/x', 'r1', 'application/json', 'application/json']);
  });

  it('of an error throws unless muted', () => {
    expect(evaluate(`UrlFetchApp.fetch('${AT}/fail')`)).toBe(
      'Exception: Request failed for https://api.counter.test returned code 422. Truncated server response: ' +
        '{"error":"no"} (use muteHttpExceptions option to examine full response)',
    );
    expect(evaluate(`UrlFetchApp.fetch('${AT}/fail', { muteHttpExceptions: true }).getResponseCode()`)).toBe(422);
  });

  it('that redirects is followed unless told otherwise', () => {
    expect(evaluate(`JSON.parse(UrlFetchApp.fetch('${AT}/hop').getContentText()).path`)).toBe('/end');
    expect(evaluate(`UrlFetchApp.fetch('${AT}/hop', { followRedirects: false }).getResponseCode()`)).toBe(302);
  });

  it('of a wave comes in the order of its requests', () => {
    const code = `UrlFetchApp.fetchAll(['${AT}/a', { url: '${AT}/b', method: 'post' }])
      .map(function (r) { return JSON.parse(r.getContentText()).path; })`;
    expect(evaluate(code)).toEqual(['/a', '/b']);
  });
});

describe('a vendor in trouble', () => {
  const ask =
    "var r = UrlFetchApp.fetch('https://api.counter.test/list', { muteHttpExceptions: true }); " +
    '[r.getResponseCode(), r.getHeaders()["Retry-After"] || "", r.getContentText()]';

  it.each([
    [{ what: 'unauthorized' }, 401, ''],
    [{ what: 'payment-required' }, 402, ''],
    [{ what: 'busy', retryAfterSeconds: 7 }, 429, '7'],
    [{ what: 'server-error' }, 500, ''],
  ] as const)('%o answers without having acted', (fault, status, wait) => {
    const world = tinyWorld(PROBE);
    world.faults.atVendor({ vendor: 'counter', when: 'once', ...fault });
    expect((evaluate(ask, world) as unknown[]).slice(0, 2)).toEqual([status, wait]);
    expect(world.vendorState<Counter>('counter').seen).toEqual([]);
    expect((evaluate(ask, world) as unknown[])[0]).toBe(200);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('times out %s it has acted', (side, acted) => {
    const world = tinyWorld(PROBE);
    world.faults.atVendor({ vendor: 'api.counter.test', what: 'timeout', when: 'once', side });
    expect(evaluate(ask, world)).toBe('Exception: Address unavailable: https://api.counter.test/list');
    expect(world.vendorState<Counter>('counter').seen).toHaveLength(acted);
  });

  it('can cut, empty or double what it lists', () => {
    const world = tinyWorld(PROBE);
    const list = () => JSON.parse(String((evaluate(ask, world) as unknown[])[2]));
    world.faults.atVendor({ vendor: 'counter', what: 'truncated', when: 'once' });
    expect(list).toThrow(SyntaxError);
    world.faults.atVendor({ vendor: 'counter', what: 'empty-page', when: 'once' });
    expect(list()).toEqual({ data: [], next: 'n2' });
    world.faults.atVendor({ vendor: 'counter', what: 'duplicate', when: 'once' });
    expect(list().data).toEqual([{ id: 1 }, { id: 2 }, { id: 2 }]);
  });

  it('strikes at the n-th call, by a seeded rate, or always, until it is lifted', () => {
    const world = tinyWorld(PROBE);
    const codes = (count: number) => Array.from({ length: count }, () => (evaluate(ask, world) as unknown[])[0]);
    world.faults.atVendor({ vendor: 'counter', what: 'server-error', when: { nth: 3 } });
    expect(codes(4)).toEqual([200, 200, 500, 200]);
    world.faults.atVendor({ vendor: 'counter', what: 'busy', when: { rate: 0.5 } });
    const struck = codes(40).filter((code) => code === 429).length;
    expect(struck).toBeGreaterThan(8);
    expect(struck).toBeLessThan(32);
    world.faults.clear('counter');
    world.faults.atVendor({ vendor: 'counter', what: 'unauthorized', when: 'always' });
    expect(codes(2)).toEqual([401, 401]);
    world.faults.clear();
    expect(codes(1)).toEqual([200]);
    expect(world.faults.hits['counter-server-error']).toBe(1);
  });

  it('in a wave fails the whole wave after the others have acted', () => {
    const world = tinyWorld(PROBE);
    world.faults.atVendor({ vendor: 'counter', what: 'timeout', when: { nth: 1 } });
    expect(evaluate(`UrlFetchApp.fetchAll(['${AT}/a', '${AT}/b', '${AT}/c'])`, world)).toContain('Address unavailable');
    expect(world.vendorState<Counter>('counter').seen).toHaveLength(2);
  });

  it('that is slow takes time from the execution', () => {
    const world = tinyWorld(`function go() { UrlFetchApp.fetch('${AT}/a'); }`);
    world.faults.atVendor({ vendor: 'counter', what: 'slow', when: 'once', delayMs: 30_000 });
    expect(world.run('go')).toMatchObject({ ok: true, modelMs: 30_600 });
  });
});

describe('rights', () => {
  it('are missing when the manifest does not name the scope', () => {
    const world = tinyWorld(tinyBundle(PROBE, { oauthScopes: [] }));
    expect(evaluate(`UrlFetchApp.fetch('${AT}/')`, world)).toBe(
      'Exception: Specified permissions are not sufficient to call UrlFetchApp.fetch. ' +
        'Required permissions: https://www.googleapis.com/auth/script.external_request',
    );
    expect(evaluate("Gmail.Users.getProfile('me')", world)).toBe(
      'GoogleJsonResponseException: API call to gmail.users.getProfile failed with error: ' +
        'Request had insufficient authentication scopes.',
    );
  });

  it.each([
    ['edit', 'onEdit', `UrlFetchApp.fetch('${AT}/')`],
    ['edit', 'onEdit', "MailApp.sendEmail('a@b.co', 's', 'b')"],
    ['edit', 'onEdit', 'ScriptApp.getProjectTriggers()'],
    ['custom', 'CELL', "MailApp.sendEmail('a@b.co', 's', 'b')"],
    ['custom', 'CELL', "SpreadsheetApp.getActiveSheet().getRange('A1').setValue(1)"],
  ] as const)('of a %s run do not cover %s: %s', (trigger, handler, code) => {
    const world = tinyWorld(`function ${handler}() { ${code}; }`);
    expect(world.run(handler, [], { trigger }).error?.message).toMatch(/^You do not have permission to call /);
  });

  it('of onOpen before the first use are a menu and nothing else', () => {
    const world = tinyWorld(`function onOpen(e) {
      SpreadsheetApp.getUi().createMenu('Rent').addItem('Run', 'run').addToUi();
      try { PropertiesService.getUserProperties().getKeys(); } catch (error) { console.log(error.message); }
      return String(e.authMode);
    }`);
    const [opened] = world.visit('guest@example.com', 'none');
    expect(opened).toMatchObject({ ok: true, value: 'NONE' });
    expect(opened?.log[0]).toMatch(/^You do not have permission to call PropertiesService/);
    expect(world.ui.menus).toHaveLength(1);
  });

  it('to show something need a person who looks', () => {
    const world = tinyWorld("function go() { SpreadsheetApp.getUi().alert('x'); }");
    const run = world.run('go', [], { trigger: 'time' });
    expect(run.error?.message).toBe('Cannot call SpreadsheetApp.getUi() from this context.');
  });
});

describe('the HAR file', () => {
  it('holds the exchanges of a run without what opens doors', () => {
    const world = tinyWorld(PROBE);
    const recorder = world.record();
    evaluate(
      `UrlFetchApp.fetch('${AT}/x?access_token=hunter2&page=3', { method: 'post', contentType: 'application/json',
        payload: JSON.stringify({ client_secret: 'hunter2', name: 'Ann' }),
        headers: { Authorization: 'Bearer hunter2' } })`,
      world,
    );
    const har = recorder.toJSON();
    const [entry] = har.log.entries;
    expect(har.log.version).toBe('1.2');
    expect(JSON.stringify(har)).not.toContain('hunter2');
    expect(entry?.request.url).toContain('page=3');
    expect(JSON.stringify(entry?.request.postData)).toContain('Ann');
    expect(entry?.response).toMatchObject({ status: 200 });
  });

  it('hides secret paths, form fields and token shapes', () => {
    expect(redactUrl('https://hooks.slack.com/services/T1/B2/s3cret')).not.toMatch(/T1|B2|s3cret/);
    expect(redactBody('grant_type=code&code=s3cret&client_id=me', 'application/x-www-form-urlencoded')).toBe(
      'grant_type=code&code=[redacted]&client_id=me',
    );
    expect(redactBody('{"error":{"code":"card_declined"},"token":"s3cret"}', 'application/json')).toBe(
      '{"error":{"code":"card_declined"},"token":"[redacted]"}',
    );
    expect(redactBody('key is sk_test_s3cret', 'text/plain')).not.toContain('s3cret');
    const soap = '<a:Password>s3cret</a:Password><InterfaceLicense>s3cret</InterfaceLicense><Unit>11</Unit>';
    expect(redactBody(soap, 'text/xml; charset=utf-8')).toBe(soap.replaceAll('s3cret', '[redacted]'));
    const trigger = 'https://prod-1.eastus.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sv=1.0&sig=s3cret';
    expect(redactUrl(trigger)).not.toContain('s3cret');
    const callback = { value: trigger, queries: { sv: '1.0', sig: 's3cret' } };
    expect(redactBody(JSON.stringify(callback), 'application/json')).not.toContain('s3cret');
    const parameters =
      '{"parameters":{"inboundKey":{"type":"SecureString","value":"s3cret"},"webAppUrl":{"value":"u"}}}';
    expect(redactBody(parameters, 'application/json')).toBe(parameters.replace('s3cret', '[redacted]'));
  });

  it('tells of a connection that failed', () => {
    const recorder = new HarRecorder();
    const request = { method: 'GET', url: 'https://a.test/', headers: {}, body: '' };
    recorder.add(request, new Error('Address unavailable: https://a.test/'), 0);
    expect(recorder.toJSON().log.entries[0]?.response).toMatchObject({ status: 0 });
  });
});

describe('the Sheets API', () => {
  const sheets = (world: World, path: string, more = '') =>
    evaluate(
      `JSON.parse(UrlFetchApp.fetch('https://sheets.googleapis.com/v4/spreadsheets/${path}', { muteHttpExceptions: true,
        headers: { Authorization: 'Bearer ' + ScriptApp.getOAuthToken() } ${more} }).getContentText())`,
      world,
    );

  it('has the script’s own spreadsheet, and beside it those that lie in the sandbox', () => {
    const world = tinyWorld(PROBE, { sandboxes: [googleSheets as Sandbox] });
    const state = world.vendorState<GoogleSheetsState>('google-sheets');
    const file = { title: 'Portfolio', owner: OWNER, tabs: { Rents: ['Lease'] } };
    const other = googleSheetsPeople.makeSpreadsheet(state, file, world.now);
    const body = `, method: 'put', contentType: 'application/json', payload: JSON.stringify({ values: [['=1']] })`;
    for (const id of [world.workbook.id, other]) sheets(world, `${id}/values/A2?valueInputOption=RAW`, body);
    expect(googleSheetsPeople.shown(state, other, 'Rents')).toEqual([['Lease'], ['=1']]);
    expect(world.workbook.api('spreadsheets.values.get', { range: 'A1:B2' }).values).toEqual([[], ['=1']]);
    expect(sheets(world, 'nothing')).toMatchObject({ error: { code: 404 } });
    expect(sheets(tinyWorld(PROBE), other)).toMatchObject({ error: { code: 404 } });
  });

  it('is closed to a script whose manifest does not ask for it', () => {
    const scopes = ['https://www.googleapis.com/auth/script.external_request'];
    const world = tinyWorld(tinyBundle(PROBE, { oauthScopes: scopes }));
    expect(sheets(world, world.workbook.id)).toMatchObject({ error: { status: 'PERMISSION_DENIED' } });
  });
});
