import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import ts from 'typescript';
import * as z from 'zod/mini';
import { inNewFolder } from '../support/folder';
import { run, runPhpBatch } from '../support/php';
import type { HostileProgram } from './programs';

/** How a hostile program ended. */
export interface HostileRun {
  /** Exit code; 0, since the simulated store answers every call. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Every text that arrived at the simulated store. */
  readonly arrived: readonly string[];
}

/** Runs programs and returns how each ended, in their order. */
export type HostileRunner = (programs: readonly HostileProgram[], canary: string) => Promise<readonly HostileRun[]>;

/** A session ID that a hostile store returns. */
const sessionOf = (canary: string): string => `$(touch ${canary})\`touch ${canary}\`';touch ${canary};"\\n%s`;

/**
 * Runs shell programs one after the other in one shell, each in a subshell. `curl` is a function of that shell that keeps its arguments and
 * answers every request.
 * @param shell such as `sh`
 */
export async function runHostileShell(programs: readonly HostileProgram[], canary: string, shell = 'sh'): Promise<readonly HostileRun[]> {
  return await inNewFolder('maho-hostile-', async (folder) => {
    for (const [index, { source }] of programs.entries()) await writeFile(join(folder, `${index}.sh`), source);
    const session = escapeXml(sessionOf(canary));
    const answer = `<e:Envelope><e:Body><a><loginReturn>${session}</loginReturn><result>${session}</result></a></e:Body></e:Envelope>`;
    await writeFile(join(folder, 'answer.xml'), answer);
    const lines = programs.map(({ env }, index) => {
      const variables = Object.entries(env)
        .map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'`)
        .join(' ');
      return `n=${index}; ( ${variables}; . ./${index}.sh ) >${index}.out 2>${index}.err </dev/null; echo $? >${index}.status`;
    });
    // A request cannot contain U+001E, so it is used as the separator.
    const script =
      `curl() { printf '%s\\n' "$@" >>$n.words; { cat; printf '\\036'; } >>$n.requests; cat answer.xml; ` + `}\n${lines.join('\n')}\n`;
    const ran = await run(shell, ['-s'], { input: script, cwd: folder });
    if (ran.status !== 0 || ran.stderr !== '') throw new Error(`The programs could not be run.\n${ran.stderr}`);
    const text = async (name: string): Promise<string> =>
      existsSync(join(folder, name)) ? await readFile(join(folder, name), 'utf8') : '';
    return await Promise.all(
      programs.map(async (_program, index): Promise<HostileRun> => {
        const requests = (await text(`${index}.requests`)).split('\u001e').slice(0, -1);
        const arrived = [...(await text(`${index}.words`)).split('\n'), ...requests, ...requests.flatMap(textsOf)];
        return {
          status: Number(await text(`${index}.status`)),
          stdout: await text(`${index}.out`),
          stderr: await text(`${index}.err`),
          arrived,
        };
      }),
    );
  });
}

/** Every text and attribute value of an XML document; none for a document that is not well-formed. */
function textsOf(xml: string): string[] {
  const texts: string[] = [];
  const parser = new SaxesParser();
  let failed = false;
  parser.on('error', () => {
    failed = true;
  });
  parser.on('text', (text) => {
    texts.push(text);
  });
  parser.on('opentag', ({ attributes }) => {
    texts.push(...Object.values(attributes));
  });
  parser.write(xml).close();
  return failed ? [] : texts;
}

/**
 * Runs PHP programs in one process. PHP's own SoapClient takes their calls and encodes them, without a WSDL, since no WSDL has such names.
 * The requests are kept instead of sent, and every request is answered.
 */
export async function runHostilePhp(programs: readonly HostileProgram[], canary: string): Promise<readonly HostileRun[]> {
  const inserted = programs.map(({ source, env }) => ({
    env,
    source: source.replace(
      'declare(strict_types=1);\n',
      'declare(strict_types=1);\nnamespace Recorded;\nuse RuntimeException;\nuse SoapFault;\n',
    ),
  }));
  const ran = await runPhpBatch(
    inserted.map(({ source, env }) => ({ source: ended(source), env })),
    phpPrelude(sessionOf(canary)),
  );
  return ran.map(({ stdout, stderr, status }) => {
    const [printed = '', arrived = '[]'] = stdout.split('\u001e');
    return { status, stdout: printed, stderr, arrived: texts.parse(JSON.parse(arrived)) };
  });
}

const texts = z.array(z.string());

/** Prints the received texts at the end of the program. */
function ended(source: string): string {
  const end = 'exit($status);\n';
  return source.endsWith(end)
    ? `${source.slice(0, -end.length)}echo "\\x1e", \\json_encode(SoapClient::$arrived); SoapClient::$arrived = [];\n${end}`
    : source;
}

function phpPrelude(session: string): string {
  return `<?php
declare(strict_types=1);
namespace Recorded;
class SoapClient extends \\SoapClient
{
    /** @var list<string> */
    public static array $arrived = [];

    public function __construct(string $wsdl, array $options)
    {
        self::$arrived = [$options['location']];
        parent::__construct(null, ['location' => $options['location'], 'uri' => 'urn:any']);
    }

    public function __call(string $name, array $args): mixed
    {
        // PHP warns of & in the keys of a map, which it cannot encode. What the program passed is kept below.
        @parent::__call($name, $args);
        return $this->answer($name, $args);
    }

    public function __soapCall(string $name, array $args, ?array $options = null, $inputHeaders = null, &$outputHeaders = null): mixed
    {
        @parent::__soapCall($name, $args);
        return $this->answer($name, $args);
    }

    public function __doRequest(string $request, string $location, string $action, int $version, bool $oneWay = false): ?string
    {
        return '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><r xmlns="urn:any"/></e:Body></e:Envelope>';
    }

    private function answer(string $name, array $args): mixed
    {
        $this->keep($args);
        $session = base64_decode('${Buffer.from(session).toString('base64')}');
        $wsi = count($args) === 1 && is_array($args[0]);
        if ($name === 'login') {
            return $wsi ? (object) ['result' => $session] : $session;
        }
        return $wsi ? (object) ['result' => (object) ['complexObjectArray' => []]] : [];
    }

    private function keep(mixed $value): void
    {
        if (is_array($value)) {
            foreach ($value as $key => $inner) {
                $this->keep((string) $key);
                $this->keep($inner);
            }
        } else {
            self::$arrived[] = (string) $value;
        }
    }
}
`;
}

/** Runs TypeScript and JavaScript programs in one process. The simulated soap package keeps its arguments and answers every request. */
export async function runHostileNode(programs: readonly HostileProgram[], canary: string): Promise<readonly HostileRun[]> {
  return await inNewFolder('maho-hostile-', async (folder) => {
    await mkdir(join(folder, 'node_modules/soap'), { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'node_modules/soap/package.json'), '{ "name": "soap", "type": "module", "exports": "./index.js" }');
    await writeFile(join(folder, 'node_modules/soap/index.js'), soapStandIn(sessionOf(canary)));
    const options = { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } };
    for (const [index, { source, target }] of programs.entries()) {
      await writeFile(join(folder, `${index}.js`), target === 'typescript' ? ts.transpileModule(source, options).outputText : source);
    }
    await writeFile(join(folder, 'all.js'), nodeRunner);
    const ran = await run(process.execPath, ['all.js'], { cwd: folder, input: JSON.stringify(programs.map(({ env }) => env)) });
    if (ran.status !== 0 || ran.stderr !== '') throw new Error(`The programs ended with ${ran.status}.\n${ran.stderr}\n${ran.stdout}`);
    return z.array(z.object({ status: z.number(), stdout: z.string(), stderr: z.string(), arrived: texts })).parse(JSON.parse(ran.stdout));
  });
}

function soapStandIn(session: string): string {
  return `
export const arrived = [];
const keep = (value) => {
  if (typeof value !== 'object' || value === null) return void arrived.push(String(value));
  for (const [key, inner] of Object.entries(value)) { keep(key); keep(inner); }
};
const texts = ({ $xml = '' }) => [...$xml.matchAll(/>([^<]*)</g)].map((match) => match[1].replace(/&#(\\d+);/g, (_all, code) => String.fromCodePoint(code)));
export async function createClientAsync(wsdl, options) {
  arrived.push(options.endpoint);
  const list = { $attributes: { 'e:arrayType': 'any[0]' }, complexObjectArray: [] };
  return new Proxy({}, { get: (_target, name) => name === 'then' ? undefined : async (args) => {
    keep(args);
    arrived.push(...texts(args));
    return [name === 'loginAsync' ? { loginReturn: ${JSON.stringify(session)}, result: ${JSON.stringify(session)} } : new Proxy({}, { get: () => list })];
  } });
}
`;
}

const nodeRunner = `
import { arrived } from 'soap';
let input = '';
for await (const chunk of process.stdin) input += chunk;
const results = [];
const { log } = console;
const prototypes = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
for (const [index, env] of JSON.parse(input).entries()) {
  Object.assign(process.env, env);
  arrived.length = 0;
  const result = { stdout: '', stderr: '', status: 0 };
  console.log = (...texts) => void (result.stdout += texts.join(' ') + '\\n');
  console.error = (...texts) => void (result.stderr += texts.join(' ') + '\\n');
  try {
    await import('./' + index + '.js');
    result.status = process.exitCode ?? 0;
  } catch (error) {
    result.status = 255;
    result.stderr += String(error?.stack);
  }
  process.exitCode = undefined;
  if (JSON.stringify(Object.getOwnPropertyNames(Object.prototype)) !== prototypes) result.stderr += 'Object.prototype was changed.';
  results.push({ ...result, arrived: [...arrived] });
}
log(JSON.stringify(results));
`;

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
