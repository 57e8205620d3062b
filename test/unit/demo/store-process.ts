/** A demo store with a data file in a separate process. Prints the address of V1 once it is ready, and runs until it is stopped. */
import { startDemoStore } from '../../../src/demo';

async function main(dataFile: string | undefined): Promise<void> {
  if (dataFile === undefined) throw new Error('Name a data file.');
  const demo = await startDemoStore({ dataFile, customers: 5, product: 'maho@25' });
  process.stdout.write(`${demo.urls.v1}\n`);
  process.on('SIGTERM', () => void demo.close().then(() => process.exit(0)));
}

void main(process.argv[2]);
