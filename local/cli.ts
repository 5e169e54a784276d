/** The program behind `npm run local` and `npm start`: hands the real streams, folders and Ctrl-C to the command line. */
import { systemIo } from './cli/io';
import { main } from './cli/main';

const io = systemIo();
process.exitCode = await main(process.argv.slice(2), io);
io.close();
