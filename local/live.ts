/**
 * `npm run live -- PLATFORM`: the connector against the vendor's own sandbox, with a person's own test credentials from the
 * environment. `--at HOST=URL` sends a host elsewhere, such as to a sandbox on loopback.
 */
import { connectors } from '../src/connectors';
import { type Addresses, commandTransport } from './live/transport';
import { runTrial, wanted } from './live/trial';

function addressesIn(words: readonly string[]): Addresses {
  return Object.fromEntries(
    words.flatMap((word, at) => {
      const [host, url] = words[at - 1] === '--at' ? word.split(/=(.*)/s) : [];
      return host && url ? [[host, url] as const] : [];
    }),
  );
}

const words = process.argv.slice(2);
const connector = connectors.find((each) => each.id === words[0]);
if (!connector) {
  console.error(`usage: npm run live -- ${connectors.map((each) => each.id).join('|')} [--at HOST=URL]`);
  process.exit(2);
}
const missing = wanted(connector).filter(({ name, optional }) => !optional && !process.env[name]);
if (missing.length > 0) {
  console.error(`${connector.title} needs credentials of a test account in the environment. Set:`);
  for (const { name, help } of wanted(connector)) console.error(`  ${name}  ${help}`);
  process.exit(2);
}
const good = runTrial({
  connector,
  env: process.env,
  transport: commandTransport(addressesIn(words)),
  nowMs: Date.now(),
  say: (line) => console.log(line),
});
process.exit(good ? 0 : 1);
