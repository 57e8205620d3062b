// The project's own lint rules for oxlint; .oxlintrc.json says where each applies.
import path from 'node:path';
import { refusedImport } from './arrows.mjs';
import { earlyTexts, spokenTexts } from './texts.mjs';

/** Maximum length of a line, in characters. */
const LINE_LIMIT = 140;

/**
 * A rule that reports every node that matches a selector.
 * @param {string} message
 * @param {readonly string[]} selectors
 */
function refused(message, selectors) {
  return {
    /** @param {import('oxlint/plugins-dev').Context} context */
    create: (context) =>
      Object.fromEntries(
        selectors.map((selector) => [selector, (/** @type {import('estree').Node} */ node) => context.report({ node, message })]),
      ),
  };
}

/** @param {string} literal the end of a selector: a literal in a comparison */
const compared = (literal) => ['BinaryExpression[operator=/^[!=]==$/]', 'SwitchCase'].map((place) => `${place} > ${literal}`);

const arrows = {
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    /** Checks a declaration, or an import() of a value or a type. */
    const check = (node) => {
      const to = node.source?.value;
      const message = typeof to === 'string' ? refusedImport(file, to) : undefined;
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};

/**
 * Some lines cannot be broken: a text of `t`, `plural` or `later`, which is the key of its translations; a text over several lines, which
 * is code of another language; a pattern; and the title of a test, which the formatter keeps on its line. With the option `texts`, other
 * texts may be long too: in rooms whose texts are being moved to `t`.
 */
const lineLength = {
  meta: { schema: [{ enum: ['texts'] }] },
  create(context) {
    /** @type {Set<number>} */
    const unbroken = new Set();
    const whole = context.options[0] === 'texts';
    const keep = ({ loc }) => {
      for (let line = loc.start.line; line <= loc.end.line; line++) unbroken.add(line);
    };
    return {
      'CallExpression[callee.name=/^(t|plural|later|translated)$/] > Literal': (node) => keep(node),
      'CallExpression[callee.name=/^(test|suite|describe)$/] > :matches(Literal, TemplateLiteral).arguments:first-child': (node) =>
        keep(node),
      Literal(node) {
        if (whole || node.regex !== undefined) keep(node);
      },
      TemplateLiteral(node) {
        if (whole || node.loc.end.line > node.loc.start.line) keep(node);
      },
      'Program:exit'() {
        context.sourceCode.lines.forEach((line, index) => {
          if (line.length <= LINE_LIMIT || unbroken.has(index + 1)) return;
          context.report({
            loc: { start: { line: index + 1, column: LINE_LIMIT }, end: { line: index + 1, column: line.length } },
            message: `A line has at most ${LINE_LIMIT} characters, and this one has ${line.length}. Long texts go on with + on the next line.`,
          });
        });
      },
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: {
    arrows,
    'early-texts': earlyTexts,
    'spoken-texts': spokenTexts,
    'line-length': lineLength,
    'swallowed-error': refused('A swallowed error: handle it or say why it may be ignored.', [
      'CatchClause > BlockStatement[body.length=0]',
    ]),
    // A table describes how dialects differ; code uses its facets.
    'dialect-names': refused(
      'Ask for a facet of the dialect (src/api/dialect-facets.ts), not for its name.',
      compared('Literal[value=/^(v1|v2|wsi)$/]'),
    ),
    // Flows must work over any protocol: the facets say what is not possible over one of them.
    'protocol-names': refused('Flows never ask which protocol it is: ask for what can be done (src/api/dialect-facets.ts).', [
      ...compared('Literal[value="rest"]'),
      "MemberExpression[property.name='protocol'][object.type='MemberExpression'][object.object.name='facets']",
      "ImportSpecifier[imported.name='ProtocolName']",
    ]),
    // Only one module decides whether a question stays open when it loses the focus.
    'lasting-questions': refused(
      'Ask through src/extension/picks.ts, or askInput of messages.ts: questions stay until they are answered.',
      [
        'CallExpression[callee.property.name=/^(showQuickPick|createQuickPick|createInputBox)$/]',
        "Property[key.name='ignoreFocusOut']",
        "AssignmentExpression[left.property.name='ignoreFocusOut']",
      ],
    ),
    // The machine may speak another language than the editor, and the command line is always English.
    'machine-locale': refused(
      'Use formatNumber or dateLocale (src/l10n/texts.ts): numbers and dates speak the language of the texts around them.',
      [
        'CallExpression[callee.property.name=/^toLocale(Date|Time)?String$/][arguments.length=0]',
        "CallExpression[callee.property.name=/^toLocale(Date|Time)?String$/][arguments.0.type='Identifier'][arguments.0.name='undefined']",
        "NewExpression[callee.object.name='Intl'][callee.property.name=/Format$|^PluralRules$/][arguments.length=0]",
        "NewExpression[callee.object.name='Intl'][callee.property.name=/Format$|^PluralRules$/][arguments.0.type='Identifier'][arguments.0.name='undefined']",
      ],
    ),
    // A release is minified, so names of classes and functions are other ones there.
    'kept-names': refused('A release has other names of classes and functions. Give an error or an object a text of its own to read.', [
      "MemberExpression[property.name='name'][object.type='MemberExpression'][object.property.name='constructor']",
      "MemberExpression[property.name='name'][object.type='MetaProperty']",
      "MemberExpression[property.name='name'][object.type='Identifier'][object.name=/^[A-Z][A-Za-z]*[a-z]/]",
    ]),
    // In these places VS Code turns parts of a text into links that run commands, and stores may send hostile text.
    'safe-messages': refused('Say it through src/extension/messages.ts: what a store sent must not become a link.', [
      'CallExpression[callee.property.name=/^show(Information|Warning|Error)Message$|^showInputBox$/]',
      "CallExpression[callee.property.name='withProgress'] > ObjectExpression > Property[key.name='title']",
      'AssignmentExpression[left.property.name=/^(prompt|validationMessage)$/]',
    ]),
  },
};
