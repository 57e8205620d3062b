/**
 * Finds code in the plain texts of help, faults and traps: options, variables, settings, files, methods, attributes, addresses, values in
 * JSON. A page formats it as code, so that a viewer does not make a link of `customer.info` or italics of `group_id`.
 */
const CODE = new RegExp(
  [
    // Commands, and a rule of nginx.
    String.raw`\.\/maho config:set(?: [\w=/-]+)+`,
    String.raw`\bcomposer require [\w/-]+`,
    String.raw`\bmaho-soap (?:call|decode|doctor|methods|migrate|record|replay|run|types)\b(?: --[a-z-]+)*(?: \.\.\. \| \w+)?`,
    String.raw`\btry_files [^;)]+`,
    String.raw`\bcurl --include\b`,
    String.raw`(?<![\w-])--dialect (?:v1|rest)\b`,
    String.raw`(?<![\w-])--[a-z][\w-]*(?:[ =][A-Z]+\b)?`,
    // Addresses.
    String.raw`\bhttps?:\/\/[^\s"“”,;()]*[^\s"“”,;().:]`,
    String.raw`\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b`,
    // Values in JSON.
    String.raw`\{\{[^}\n]*\}\}`,
    String.raw`\{"[^\n]*?\}+(?=[\s.;:)]|,(?!")|$)`,
    String.raw`(?:"\w+": )?\{ "[\w-]+": (?:"[\w…-]+"|\{ "\w+": "\w+" \}) \}`,
    String.raw`\["[^\]\n]*\[\d*\]\]`,
    String.raw`\[ \[\] \]`,
    String.raw`\[\d+\]`,
    String.raw`"\w+": "\w+"`,
    // Paths and headers of requests.
    String.raw`(?:\b(?:GET|POST|PUT) )?(?<![\w/])\/(?:api|auth|customers|index\.php|tmp)(?:\/[\w*.]+)*\/?`,
    String.raw`(?:\bAccept: )?\bapplication\/(?:ld\+)?json\b`,
    String.raw`\bX-[A-Z]\w+-[A-Z]\w+\b`,
    String.raw`\bYYYY-MM-DD\b`,
    // Files.
    String.raw`(?<!\w)@FILE\b`,
    String.raw`(?<![\w/])\/?(?:[\w.*-]+\/)*[\w.*-]+\.(?:json|xml|log|php|ts|sh|env)\b(?:\/[\w/]+)?`,
    String.raw`(?<!\w)\?wsdl(?:=1)?`,
    String.raw`\bmaintenance\.flag\b`,
    String.raw`\blaminas\/laminas-soap\b`,
    String.raw`\bvar\/report\b`,
    // Names of variables, settings, methods, attributes and arguments.
    String.raw`\b[A-Z]+_[A-Z_]+\b`,
    String.raw`\b(?:mahoSoap|http)(?:\.[a-z]\w*)+`,
    String.raw`\b[a-z]+(?:_[a-z]+)*\.(?:list|info|create|update|delete|items)\b`,
    String.raw`\b[a-z]+(?:_[a-z0-9]+)+\b`,
    String.raw`\b(?!camelCase)[a-z]+(?:[A-Z][a-z0-9]*)+\b(?:=\w+)?`,
  ].join('|'),
  'g',
);

/** Maximum width of a line of code in characters. Wider lines are broken, because a preview would have to scroll them. */
const CODE_WIDTH = 88;

/** A text as Markdown, with its code formatted as code. */
export function prose(text: string): string {
  let [done, end] = ['', 0];
  for (const { 0: code, index } of text.matchAll(CODE)) {
    done += `${plain(text.slice(end, index))}\`${code}\``;
    end = index + code.length;
  }
  return done + plain(text.slice(end));
}

/** A text escaped for Markdown. */
function plain(text: string): string {
  return text.replace(/[\\*<[\]|`]/g, String.raw`\$&`);
}

/** A block of code. @param language such as `sh` */
export function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A shell command as a code block; a long line is continued on the next line. */
export function shellBlock(line: string): string {
  return block('sh', wrapped(line, / (?=--|&& )/, ' \\\n  '));
}

/** The usage of a command as a code block; a long line is continued on the next line. */
export function usageBlock(line: string): string {
  return block('text', wrapped(line, / (?=\[)/, '\n  '));
}

/** Breaks a line that is too wide for a page, at places that match `places`. */
function wrapped(line: string, places: RegExp, between: string): string {
  const lines: string[] = [];
  for (const part of line.split(places)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + part.length >= CODE_WIDTH) lines.push(part);
    else lines[lines.length - 1] = `${last} ${part}`;
  }
  return lines.join(between);
}

/** JSON formatted as people write it: a value that fits is on one line. */
export function jsonBlock(value: unknown): string {
  return block('json', json(value, 0, 0));
}

/**
 * @param indent indentation of the value's own lines, in characters
 * @param before width of the line before the value, in characters
 */
function json(value: unknown, indent: number, before: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [open, close, pad] = Array.isArray(value) ? ['[', ']', ''] : ['{', '}', ' '];
  const entries = Object.entries(value).map(
    ([name, each]: [string, unknown]) => [Array.isArray(value) ? '' : `${JSON.stringify(name)}: `, each] as const,
  );
  if (entries.length === 0) return open + close;
  const short = `${open}${pad}${entries.map(([name, each]) => name + json(each, 0, -Infinity)).join(', ')}${pad}${close}`;
  if (indent + before + short.length <= CODE_WIDTH) return short;
  const inner = ' '.repeat(indent + 2);
  const lines = entries.map(([name, each]) => `${inner}${name}${json(each, indent + 2, name.length)}`);
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(indent)}${close}`;
}
