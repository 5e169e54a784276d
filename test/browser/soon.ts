/** An assertion about a page that may still be drawing what was just asked of it. */

const LIMIT_MS = 10_000;
const STEP_MS = 25;

/** Holds as soon as the assertion does; when it still fails after ten seconds, its own failure is thrown. */
export async function soon(assertion: () => Promise<void>): Promise<void> {
  for (const from = Date.now(); ; ) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() - from > LIMIT_MS) throw error;
      await new Promise((done) => setTimeout(done, STEP_MS));
    }
  }
}
