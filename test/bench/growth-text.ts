import { printable, printableJson, printableLines, printableXml, printed } from '../../src/api/printable';
import { generateCode, phpLiteral, tsLiteral } from '../../src/codegen';
import { maskValue } from '../../src/store/masking/mask';
import { workOn, type GrowthCase } from './growth-case';

/** Texts that are written into code or printed, and values that are masked. */
export const textCases: readonly GrowthCase[] = [
  workOn(
    'PHP literal of a text',
    200_000,
    (size) => "'\\$\n".repeat(size),
    (text) => phpLiteral(text),
  ),
  workOn(
    'TypeScript literal of a text',
    200_000,
    (size) => "'`${\n".repeat(size),
    (text) => tsLiteral(text),
  ),
  workOn(
    'curl program with a long text',
    50_000,
    (size) => "'\nXML\n".repeat(size),
    (text) =>
      generateCode(
        {
          url: 'https://shop.example/api/soap/',
          user: 'api',
          dialect: 'v1',
          method: 'customer.create',
          args: { customerData: { firstname: text } },
        },
        'curl',
      ),
  ),
  workOn('printable text', 200_000, (size) => '##vso[\u001b\n'.repeat(size), printable),
  workOn('printable lines', 100_000, (size) => '##vso[a]\n::warning::\r'.repeat(size), printableLines),
  workOn(
    'printable JSON',
    100_000,
    (size) => '##vso[::a::\u2028'.repeat(size),
    (text) => printableJson({ text }),
  ),
  workOn('printable XML', 100_000, (size) => '<a>##vso[::a::\u009b</a>'.repeat(size), printableXml),
  workOn('printed', 100_000, (size) => ' ::a:: ##[b]\n'.repeat(size), printed),
  workOn(
    'mask of a value',
    50_000,
    (size) => `{"password":"a"${',"a":"b"'.repeat(size)}}`,
    (text) => maskValue({ text }),
  ),
];
