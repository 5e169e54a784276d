/** Facts about live Apps Script, one row each: what a call gives, or how it fails. */
import { evaluate } from './tiny-world';

const FACTS: readonly (readonly [call: string, code: string, expected: unknown])[] = [
  [
    'an HMAC with UTF-8 text',
    "Utilities.computeHmacSha256Signature('café', '€🙂', Utilities.Charset.UTF_8).slice(0, 6)",
    [76, -16, 35, 99, -128, 106],
  ],
  [
    'an HMAC without a charset, which is ASCII with question marks',
    "Utilities.computeHmacSha256Signature('café', '€🙂').slice(0, 6)",
    [-125, 73, -127, -128, -43, -39],
  ],
  [
    'an HMAC of bytes equals that of UTF-8 text',
    'var bytes = function (text) { return Utilities.newBlob(text).getBytes(); };' +
      "Utilities.computeHmacSha256Signature(bytes('café'), bytes('€🙂')).slice(0, 6)",
    [76, -16, 35, 99, -128, 106],
  ],
  [
    'an MD5 digest of text defaults to ASCII',
    "Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, '€🙂').slice(0, 4)",
    [-22, 3, -4, -72],
  ],
  [
    'an MD5 digest of UTF-8 text',
    "Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, '€🙂', Utilities.Charset.UTF_8).slice(0, 4)",
    [-71, 89, 42, -99],
  ],
  [
    'base64 of bytes equals base64 of the text',
    "Utilities.base64Encode(Utilities.newBlob('rent').getBytes()) === Utilities.base64Encode('rent')",
    true,
  ],
  [
    'base64Decode reads the web-safe alphabet',
    "Utilities.newBlob(Utilities.base64Decode(Utilities.base64EncodeWebSafe('~~~???'))).getDataAsString()",
    '~~~???',
  ],
  ['a blob of text has no name', "Utilities.newBlob('a').getName()", null],
  ['a blob of text is plain text', "Utilities.newBlob('a').getContentType()", 'text/plain'],
  ['a blob is no Google file', "Utilities.newBlob('a').isGoogleType()", false],
  [
    'a blob takes its type from its extension',
    "Utilities.newBlob([1], 'application/json', 'name.txt').copyBlob().setContentTypeFromExtension().getContentType()",
    'text/plain',
  ],
  ['formatString pads as Java does', "Utilities.formatString('%11.6f', 123.456)", ' 123.456000'],
  [
    'formatDate writes a date',
    "Utilities.formatDate(new Date(Date.UTC(2023, 0, 1, 12)), 'GMT', 'yyyy-MM-dd HH:mm:ss')",
    '2023-01-01 12:00:00',
  ],
  [
    'formatDate writes midnight as hour 00',
    "Utilities.formatDate(new Date(0), 'GMT', 'yyyy-MM-dd HH:mm:ss')",
    '1970-01-01 00:00:00',
  ],
  [
    'parseDate reads quoted letters as text',
    "Utilities.parseDate('2023-01-01T12:00:00Z', 'GMT', \"yyyy-MM-dd'T'HH:mm:ss'Z'\").toISOString()",
    '2023-01-01T12:00:00.000Z',
  ],
  ['a lock is not held before it is taken', 'LockService.getScriptLock().hasLock()', false],
  ['tryLock takes a free lock', 'LockService.getScriptLock().tryLock(10000)', true],
  [
    'a lock that is held is taken again without effect',
    'var l = LockService.getScriptLock(); l.tryLock(10); l.tryLock(10) && l.hasLock()',
    true,
  ],
  ['a negative wait takes nothing', 'LockService.getScriptLock().tryLock(-100)', false],
  ['waitLock(0) takes a free lock', 'var l = LockService.getScriptLock(); l.waitLock(0); l.hasLock()', true],
  ['a missing property is null', "PropertiesService.getScriptProperties().getProperty('missing')", null],
  ['Cache.put gives null', "CacheService.getScriptCache().put('k', 'v')", null],
  ['a missing cache entry is null', "CacheService.getScriptCache().get('missing')", null],
  [
    'a cache entry of 2 seconds is gone after 2 seconds',
    "var c = CacheService.getScriptCache(); c.put('k', 'v', 2); Utilities.sleep(2000); c.get('k')",
    null,
  ],
  [
    'getRequest keeps the content type out of the headers',
    "var r = UrlFetchApp.getRequest('https://a.test/', { method: 'POST', contentType: 'application/json', " +
      "payload: '{}', headers: { 'X-Custom': 'test' } }); [r.method, r.contentType, r.payload, r.headers]",
    ['post', 'application/json', '{}', { 'X-Custom': 'test' }],
  ],
  ['a page has an empty title', "HtmlService.createHtmlOutput('<h1>T</h1>').getTitle()", ''],
  [
    'untrusted text is escaped',
    "HtmlService.createHtmlOutput('').appendUntrusted('<script>alert(1)</script>').getContent()",
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ],
  ['a cleared page is empty text', "HtmlService.createHtmlOutput('a').clear().getContent()", ''],
  ['a page as a blob is HTML', "HtmlService.createHtmlOutput('a').getBlob().getContentType()", 'text/html'],
  [
    'a template writes its variables',
    "var t = HtmlService.createTemplate('Hello <?= name ?>'); t.name = 'Gemini'; t.evaluate().getContent()",
    'Hello Gemini',
  ],
  ['there is no user agent outside a web app', 'HtmlService.getUserAgent()', null],
  ['a cleared text output is null', "ContentService.createTextOutput('a').clear().getContent()", null],
  ['the active user prints as an address', 'Session.getActiveUser().toString()', 'owner@example.com'],
];

const ERRORS: readonly (readonly [call: string, code: string, expected: string | RegExp])[] = [
  [
    'bytes and text mixed in an HMAC',
    "Utilities.computeHmacSha256Signature([1, 2], 'key')",
    /^Exception: The parameters \(.*\) don't match/,
  ],
  [
    'an unknown digest algorithm',
    "Utilities.computeDigest('fake', 'text', Utilities.Charset.US_ASCII)",
    /^Exception: The parameters \(.*\) don't match/,
  ],
  [
    'a property over 9 KB',
    "PropertiesService.getScriptProperties().setProperty('k', 'x'.repeat(9217))",
    'Exception: Argument too large: value',
  ],
  [
    'a cache key over 250 characters',
    "CacheService.getScriptCache().put('k'.repeat(251), 'v')",
    'Exception: Argument too large: key',
  ],
  [
    'a host that nobody has',
    "UrlFetchApp.fetch('https://nope.invalid/')",
    'Exception: DNS error: https://nope.invalid/',
  ],
  [
    'a forbidden header',
    "UrlFetchApp.fetch('https://api.counter.test/', { headers: { 'Content-Length': '3' } })",
    'Exception: Attribute provided with invalid value: Header:Content-Length',
  ],
  ['mail to nobody', "MailApp.sendEmail('', 's', 'b')", 'Exception: Failed to send email: no recipient'],
  ['mail to no address', "MailApp.sendEmail('not an address', 's', 'b')", 'Exception: Invalid email: not an address'],
  [
    'mail to 51 people',
    "MailApp.sendEmail(Array.from({ length: 51 }, (_, i) => 'p' + i + '@a.co').join(','), 's', 'b')",
    'Exception: Limit Exceeded: Email Recipients Per Message.',
  ],
  [
    'a subject over 250 characters',
    "MailApp.sendEmail('a@b.co', 's'.repeat(251), 'b')",
    'Exception: Argument too large: subject',
  ],
  [
    'a file that does not exist',
    "HtmlService.createHtmlOutputFromFile('does_not_exist')",
    'Exception: No HTML file named does_not_exist was found.',
  ],
  ['a meta tag off the list', "HtmlService.createHtmlOutput('').addMetaTag('robots', 'x')", /^Exception: /],
  [
    'a clock of seven minutes',
    "ScriptApp.newTrigger('a').timeBased().everyMinutes(7).create()",
    /^Exception: .*1, 5, 10, 15 or 30/,
  ],
  [
    'the 21st trigger',
    "for (var i = 0; i < 21; i++) ScriptApp.newTrigger('a').timeBased().everyHours(1).create()",
    'Exception: This script has too many triggers. Triggers must be deleted from the script before more can be added.',
  ],
];

describe('what a call gives', () => {
  it.each(FACTS)('%s', (_name, code, expected) => {
    expect(evaluate(code)).toEqual(expected);
  });
});

describe('how a call fails', () => {
  it.each(ERRORS)('%s', (_name, code, expected) => {
    if (typeof expected === 'string') expect(evaluate(code)).toBe(expected);
    else expect(evaluate(code)).toMatch(expected);
  });
});
