/**
 * `npm run live -- PLATFORM`: the connector against the vendor's own sandbox, with a person's own test credentials from the
 * environment. `--at HOST=URL` sends a host elsewhere, such as to a sandbox on loopback. `--keep FILE` holds the refresh token
 * between runs, for platforms that give a new one each time.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { connectors } from '../src/connectors';
import { type Addresses, commandTransport } from './live/transport';
import { refreshName, runTrial, wanted } from './live/trial';

function addressesIn(words: readonly string[]): Addresses {
  return Object.fromEntries(
    words.flatMap((word, at) => {
      const [host, url] = words[at - 1] === '--at' ? word.split(/=(.*)/s) : [];
      return host && url ? [[host, url] as const] : [];
    }),
  );
}

/** The file after `--keep`, seen from where the person stands. */
function keptIn(words: readonly string[]): string | undefined {
  const at = words.indexOf('--keep');
  const file = at < 0 ? undefined : words[at + 1];
  return file === undefined ? undefined : resolve(process.env.INIT_CWD ?? process.cwd(), file);
}

const words = process.argv.slice(2);
const connector = connectors.find((each) => each.id === words[0]);
if (!connector) {
  console.error(`usage: npm run live -- ${connectors.map((each) => each.id).join('|')} [--keep FILE] [--at HOST=URL]`);
  process.exit(2);
}
const file = keptIn(words);
const kept =
  file !== undefined && existsSync(file) ? { [refreshName(connector)]: readFileSync(file, 'utf8').trim() } : {};
const env = { ...process.env, ...kept };
const missing = wanted(connector).filter(({ name, optional }) => !optional && !env[name]);
// Where there are several ways in, each is optional, but one is needed.
if (missing.length > 0 || wanted(connector).every(({ name }) => !env[name])) {
  console.error(`${connector.title} needs credentials of a test account in the environment. Set:`);
  for (const { name, help } of wanted(connector)) console.error(`  ${name}  ${help}`);
  process.exit(2);
}
const good = runTrial({
  connector,
  env,
  transport: commandTransport(addressesIn(words)),
  nowMs: Date.now(),
  say: (line) => console.log(line),
  ...(file === undefined ? {} : { keep: (refresh: string) => writeFileSync(file, `${refresh}\n`, { mode: 0o600 }) }),
});
process.exit(good ? 0 : 1);
