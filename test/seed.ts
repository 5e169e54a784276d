/** Property tests begin from one seed, so that a change of the code is the only change; FC_SEED plays another. */
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.FC_SEED ?? '') || 20_261_123 });
