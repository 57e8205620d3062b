import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { dialectLabels, isSoap, soapDialects, type Dialect, type SoapDialect } from '../../api/dialect';
import { writtenIn } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { unreachableOverRest } from '../../api/rest-limits';
import { isRestRequest, REQUEST_DIALECT } from '../../api/rest-request';
import type { CodeCall, CodeTarget } from '../../codegen';
import type { StoreConfig } from '../../store/settings/config';
import { showWarning } from '../messages';
import { pickOne } from '../picks';
import type { CodeMethods } from './code-methods';
import type { Call } from './outcome';
import type { ActiveStore } from '../stores/active-store';
import { waitWithNotice } from '../stores/wait-with-notice';
import { hasRest } from '../stores/maho-stores';
import type { Store } from '../stores/store';
import { oneLine } from '../text';
import { codeEditor, insertProgram, openProgram, targetOf } from './program-editor';

/** The store in generated code when none is known. The path is adapted to the dialect. */
const EXAMPLE_STORE = { url: 'https://shop.example.com/api/v2_soap/', user: 'apiUser', namespace: undefined };

/** The memento key of the last choice, which is offered first. */
const STATE_KEY = 'mahoSoap.copyAs';

interface Choice extends vscode.QuickPickItem {
  readonly target: CodeTarget;
  readonly dialect: Dialect;
}

/** "Copy as" and "Insert as": a call as a program in PHP, TypeScript, JavaScript or for curl. API keys never appear in it. */
export class CopyAs {
  constructor(
    private readonly active: ActiveStore,
    private readonly methods: CodeMethods,
    private readonly memory: vscode.Memento,
  ) {}

  /**
   * Asks for language and dialect and copies the program.
   * @param store the store whose address the program contains. Defaults to the active store
   * @throws {ToolkitError} of kind `input` when the call cannot be written in the chosen form
   */
  async copy(call: Call, store: Store | undefined = this.active.current): Promise<void> {
    const chosen = call.envelope === undefined ? await this.#choose(t('Copy as'), call, store) : raw(call, store);
    if (chosen === undefined) return;
    await vscode.env.clipboard.writeText(await this.program(call, store, chosen.target, chosen.dialect));
    vscode.window.setStatusBarMessage(t('Copied as {language}', { language: chosen.label }), 3000);
  }

  /**
   * Inserts the program at the cursor of the code editor, in its language. If no code editor is open, asks for a language and opens a new
   * document.
   * @param store the store whose address the program contains. Defaults to the active store
   * @throws {ToolkitError} of kind `input` when the call cannot be written in that form
   */
  async insert(call: Call, store: Store | undefined = this.active.current): Promise<void> {
    const editor = codeEditor();
    const target = editor === undefined ? undefined : targetOf(editor.document.languageId);
    if (call.envelope !== undefined && target !== undefined && target !== 'curl') {
      throw new ToolkitError('input', {
        code: 'no-program',
        what: t('A raw envelope is not a call, so it cannot be a program in this language.'),
        next: t('Copy it as a program for curl, or write it with method and args.'),
      });
    }
    const chosen = call.envelope === undefined ? await this.#choose(t('Insert as'), call, store, target) : raw(call, store);
    if (chosen === undefined) return;
    const program = await this.program(call, store, chosen.target, chosen.dialect);
    if (editor === undefined) await openProgram(program, chosen.target);
    else await insertProgram(editor, program, chosen.target);
    vscode.window.setStatusBarMessage(t('Inserted as {language}', { language: chosen.label }), 3000);
  }

  /**
   * The program, with the address at which the store answers. The address in the settings may be that of its front page.
   * @throws {ToolkitError} of kind `input` when the call cannot be written in that form
   */
  async program(call: Call, store: Store | undefined, target: CodeTarget, dialect: Dialect): Promise<string> {
    if (!isSoap(dialect)) return await overRest(call, store, target);
    const { envelopeProgram, generateCode } = await import('../../codegen');
    const place = { ...(store?.config === undefined ? EXAMPLE_STORE : await placeOf(store, store.config, dialect)), dialect };
    if (call.envelope !== undefined) {
      const { savedEnvelope } = await import('../../requests');
      return envelopeProgram({ ...place, envelope: savedEnvelope(call.envelope) });
    }
    return generateCode(
      { ...place, method: call.method, args: call.args, empty: call.empty, registry: await this.methods.registry(store) },
      target,
    );
  }

  /** @param only the language, if it is already known. If the dialect is known as well, nothing is asked */
  async #choose(placeHolder: string, call: Call, store: Store | undefined, only?: CodeTarget): Promise<Choice | undefined> {
    const { codeTargets, targetLabels } = await import('../../codegen');
    const rest = await this.#restChoices(call, store, only);
    if (isRestRequest(call.method)) return await this.#ask(placeHolder, rest);
    const known = call.dialect ?? store?.connection?.dialect;
    const usual = writtenIn(known);
    // A dialect that does not return the attributes would make them all look empty, so only the given one is offered.
    const settled = call.empty !== undefined && call.dialect !== undefined;
    const ordered = settled ? [usual] : [usual, ...soapDialects.filter((dialect) => dialect !== usual)];
    const choices = (only === undefined ? codeTargets : [only]).flatMap((target) =>
      ordered.map((dialect): Choice => ({ label: `${targetLabels[target]} (${dialectLabels[dialect]})`, target, dialect })),
    );
    const spoken = known !== undefined && !isSoap(known);
    if (only !== undefined && known !== undefined) return (spoken ? rest[0] : undefined) ?? choices[0];
    return await this.#ask(placeHolder, spoken ? [...rest, ...choices] : [...choices, ...rest]);
  }

  /** Programs for REST, if the store has it and the call has an equivalent. */
  async #restChoices(call: Call, store: Store | undefined, only: CodeTarget | undefined): Promise<readonly Choice[]> {
    const raw = isRestRequest(call.method);
    const { knownResources } = await import('../../api/resources');
    if (!raw && (!hasRest(store) || unreachableOverRest(knownResources.find(call.method)?.id ?? call.method) !== undefined)) return [];
    const [{ targetLabels }, { restCodeTargets }] = await Promise.all([import('../../codegen'), import('../../codegen/rest')]);
    return restCodeTargets
      .filter((target) => only === undefined || target === only)
      .map((target) => ({ label: `${targetLabels[target]} (${dialectLabels[REQUEST_DIALECT]})`, target, dialect: REQUEST_DIALECT }));
  }

  async #ask(placeHolder: string, choices: readonly Choice[]): Promise<Choice | undefined> {
    const last = this.memory.get<unknown>(STATE_KEY);
    const chosen = await pickOne(lastFirst(choices, last), { placeHolder });
    if (chosen !== undefined) await this.memory.update(STATE_KEY, chosen.label);
    return chosen;
  }
}

/** The program for a call over REST. It works with any address of the store. */
async function overRest(call: Call, store: Store | undefined, target: CodeTarget): Promise<string> {
  const [{ restProgram }, { restCodeTargets }] = await Promise.all([import('./rest-program'), import('../../codegen/rest')]);
  const language = restCodeTargets.find((each) => each === target);
  if (language === undefined) throw new RangeError(`There are no programs for REST in ${target}.`);
  const { url, user } = store?.config ?? EXAMPLE_STORE;
  return restProgram(call, { url: store?.connection?.endpoint ?? url, user }, language);
}

/** Address, user and namespace of a store for a program. If the store is not connected, reads its WSDL, which is public. */
async function placeOf(store: Store, { user }: StoreConfig, dialect: SoapDialect): Promise<Pick<CodeCall, 'url' | 'user' | 'namespace'>> {
  const { connection } = store;
  if (connection !== undefined) return { url: connection.endpoint, user, namespace: connection.namespace };
  const { config, ports } = store.forDoctor();
  const { callAddress } = await import('../../store/settings/call-address');
  const { url, namespace, problem } = await waitWithNotice(t('Detecting the URL of {store}', { store: oneLine(store.name) }), (stop) =>
    callAddress(config, ports, dialect, stop),
  );
  if (problem !== undefined)
    void showWarning(
      t('{store} did not respond, so the program contains the most likely URL: {url}. {reason}', {
        store: oneLine(store.name),
        url,
        reason: problem.words.what,
      }),
    );
  return { url, user, namespace };
}

/** The only program for an envelope: it posts the envelope as it is, in its own dialect. */
function raw({ dialect }: Call, store: Store | undefined): Choice {
  return { label: 'curl', target: 'curl', dialect: writtenIn(dialect ?? store?.connection?.dialect) };
}

function lastFirst(choices: readonly Choice[], label: unknown): readonly Choice[] {
  const last = choices.find((choice) => choice.label === label);
  return last === undefined ? choices : [{ ...last, description: t('last used') }, ...choices.filter((choice) => choice !== last)];
}
