import { printable, printableJson, printableLines, printableXml, printed } from '../../src/api/printable';
import { generateCode, phpLiteral, tsLiteral } from '../../src/codegen';
import { maskValue } from '../../src/store/mask';
import type { GrowthCase } from './growth';

const on = (name: string, size: number, text: (size: number) => string, work: (text: string) => unknown): GrowthCase => ({
  name,
  size,
  make: (wanted) => {
    const made = text(wanted);
    return () => work(made);
  },
});

/** Texts that are written into code or printed, and values that are masked. */
export const textCases: readonly GrowthCase[] = [
  on('PHP literal of a text', 200_000, (size) => "'\\$\n".repeat(size), (text) => phpLiteral(text)),
  on('TypeScript literal of a text', 200_000, (size) => "'`${\n".repeat(size), (text) => tsLiteral(text)),
  on('curl program with a long text', 50_000, (size) => "'\nXML\n".repeat(size), (text) =>
    generateCode({ url: 'https://shop.example/api/soap/', user: 'api', dialect: 'v1', method: 'customer.create', args: { customerData: { firstname: text } } }, 'curl')),
  on('printable text', 200_000, (size) => '##vso[\u001b\n'.repeat(size), printable),
  on('printable lines', 100_000, (size) => '##vso[a]\n::warning::\r'.repeat(size), printableLines),
  on('printable JSON', 100_000, (size) => '##vso[::a::\u2028'.repeat(size), (text) => printableJson({ text })),
  on('printable XML', 100_000, (size) => '<a>##vso[::a::\u009b</a>'.repeat(size), printableXml),
  on('printed', 100_000, (size) => ' ::a:: ##[b]\n'.repeat(size), printed),
  on('mask of a value', 50_000, (size) => `{"password":"a"${',"a":"b"'.repeat(size)}}`, (text) => maskValue({ text })),
];
