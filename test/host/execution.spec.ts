/** An execution: its bare realm, its clock, and how it ends. */
import { evaluate, START, tinyBundle, tinyWorld } from './tiny-world';

describe('the realm', () => {
  it.each([
    ...['setTimeout', 'setInterval', 'fetch', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'crypto'],
    ...['structuredClone', 'atob', 'btoa', 'process', 'Buffer', 'require', 'module', 'document', 'window'],
    ...['SharedArrayBuffer', 'Atomics', 'queueMicrotask', '$run', 'services', 'performance'],
  ])('lacks %s', (name) => {
    expect(evaluate(`typeof ${name}`)).toBe('undefined');
  });

  it('has what V8 and Apps Script bring', () => {
    const names = ['Intl', 'BigInt', 'Uint8Array', 'WebAssembly', 'Promise', 'console', 'Logger', 'SpreadsheetApp'];
    expect(evaluate(`${JSON.stringify(names)}.filter((name) => typeof globalThis[name] === 'undefined')`)).toEqual([]);
  });

  it('gives arrays, dates and errors of its own kind', () => {
    const code = `[
      UrlFetchApp.fetchAll(['https://api.counter.test/a']) instanceof Array,
      Utilities.base64Decode('YQ==') instanceof Array,
      PropertiesService.getUserProperties().getProperties() instanceof Object,
      Utilities.parseDate('2026', 'GMT', 'yyyy') instanceof Date,
      (function () { try { UrlFetchApp.fetch('https://nope.invalid/'); } catch (e) { return e instanceof Error; } })(),
      new Date().constructor === Date,
    ]`;
    expect(evaluate(code)).toEqual([true, true, true, true, true, true]);
  });

  it('is fresh for every execution', () => {
    const world = tinyWorld(
      'var n = 0; function bump() { globalThis.left = 1; return ++n; } function see() { return typeof left; }',
    );
    expect([world.run('bump').value, world.run('bump').value, world.run('see').value]).toEqual([1, 1, 'undefined']);
  });

  it('leaves no way to the machine through a service', () => {
    const code = "UrlFetchApp.fetch.constructor('return typeof process')()";
    expect(evaluate(code)).toBe('undefined');
  });

  it('shows an advanced service only when the manifest switches it on', () => {
    const bundle = tinyBundle('function probe(code) { return eval(code); }', { dependencies: {} });
    expect(evaluate('typeof Sheets + typeof Gmail', tinyWorld(bundle))).toBe('undefinedundefined');
  });
});

describe('the clock', () => {
  it('starts at the world, in the zone of the script', () => {
    expect(evaluate('new Date().toISOString()')).toBe('2026-03-02T15:00:00.000Z');
    expect(evaluate('new Date().getHours()')).toBe(10);
    expect(evaluate("new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', hour: '2-digit' }).format()")).toBe('03 PM');
  });

  it('moves with sleep and with what services cost', () => {
    const code =
      "var a = Date.now(); Utilities.sleep(1500); UrlFetchApp.fetch('https://api.counter.test/'); Date.now() - a";
    expect(evaluate(code)).toBe(2100);
  });

  it('charges a wave of requests once, and 40 ms for each', () => {
    const world = tinyWorld("function go() { UrlFetchApp.fetchAll(Array(10).fill('https://api.counter.test/')); }");
    expect(world.run('go').modelMs).toBe(1000);
    expect(world.now).toBe(Date.parse(START) + 1000);
  });

  it('reads a date without a zone in the zone of the script', () => {
    expect(evaluate("new Date(2026, 2, 8, 12).toISOString() + new Date('2026-03-07T12:00').toISOString()")).toBe(
      '2026-03-08T16:00:00.000Z2026-03-07T17:00:00.000Z',
    );
  });
});

const STUBBORN = `
  function go() {
    var props = PropertiesService.getUserProperties();
    try {
      for (var i = 0; i < 9; i++) { props.setProperty('step', i); Utilities.sleep(60000); }
    } catch (error) {
      try { props.setProperty('caught', 'yes'); } catch (again) { console.log('still dead'); }
    } finally {
      try { props.setProperty('finally', 'yes'); } catch (again) {}
    }
    return 'done';
  }
  function small() {
    var props = PropertiesService.getUserProperties();
    props.setProperty('a', 1);
    props.setProperty('b', 2);
    props.setProperty('c', 3);
  }`;

describe('the kill', () => {
  it('comes after six minutes and no handler acts after it', () => {
    const world = tinyWorld(STUBBORN);
    const result = world.run('go');
    expect(result).toMatchObject({ ok: false, killed: true, modelMs: 360_000, log: [] });
    expect(result.error?.message).toBe('Exceeded maximum execution time');
    expect(world.properties['user:owner@example.com']).toEqual({ step: '5' });
  });

  it('comes after thirty seconds in a custom function', () => {
    const world = tinyWorld('function CELL() { for (;;) Utilities.sleep(1000); }');
    expect(world.run('CELL', [], { trigger: 'custom' })).toMatchObject({ killed: true, modelMs: 30_000 });
  });

  it('ends a loop that calls no service', () => {
    const world = tinyWorld('function spin() { for (;;) {} }');
    world.wallLimitMs = 50;
    expect(world.run('spin')).toMatchObject({ ok: false, killed: true });
    expect(evaluate('1 + 1')).toBe(2);
  });

  it.each([
    [1, 'before', {}],
    [1, 'after', { a: '1' }],
    [2, 'before', { a: '1' }],
    [3, 'after', { a: '1', b: '2', c: '3' }],
  ] as const)('at call %i, %s its effect, leaves exactly the earlier effects', (call, side, left) => {
    const world = tinyWorld(STUBBORN);
    world.faults.killAt(call, side);
    expect(world.run('small')).toMatchObject({ ok: false, killed: true, totalCalls: call });
    expect(world.properties['user:owner@example.com'] ?? {}).toEqual(left);
    expect(world.run('small').ok).toBe(true);
  });

  it('waits for the function it is meant for', () => {
    const world = tinyWorld(STUBBORN);
    world.faults.killAt(1, 'before', 'go');
    expect(world.run('small').ok).toBe(true);
    expect(world.run('go').killed).toBe(true);
  });

  it('stops promises from acting once the execution is over', () => {
    const world = tinyWorld(`
      async function go() {
        await null;
        PropertiesService.getUserProperties().setProperty('a', 1);
        await null;
        return 'settled';
      }`);
    expect(world.run('go').value).toBe('settled');
    world.faults.killAt(1);
    expect(world.run('go').killed).toBe(true);
  });
});

describe('an error at a call', () => {
  it('can be caught, and may have had its effect', () => {
    const world = tinyWorld(`function go() {
      try { PropertiesService.getUserProperties().setProperty('a', 1); } catch (e) { return e.name + ': ' + e.message; }
    }`);
    world.faults.failAt(1, 'after');
    expect(world.run('go').value).toMatch(/^Exception: Service Spreadsheets timed out/);
    expect(world.properties['user:owner@example.com']).toEqual({ a: '1' });
  });
});

describe('the result', () => {
  it('carries the error, the log and the count of calls', () => {
    const world = tinyWorld(
      "function go() { console.log('a %s', 1, { b: 2 }); console.warn('w'); throw new TypeError('no'); }",
    );
    const result = world.run('go');
    expect(result.error).toMatchObject({ name: 'TypeError', message: 'no' });
    expect(result.error?.stack).toContain('Code.gs');
    expect(result.log).toEqual(['a 1 {"b":2}', 'WARN w']);
    expect(result.calls).toEqual({ 'console.log': 1, 'console.warn': 1 });
    expect(result.totalCalls).toBe(0);
  });

  it('says so when the function does not exist', () => {
    expect(tinyWorld('').run('absent').error?.message).toBe('Script function not found: absent');
  });
});
