/** Makes the controls of the toolkit known to the browser. A chunk of its own, which the pages share; see `ui.ts`. */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeDivider } from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDivider());

// The toolkit takes the colours of the theme when the window has loaded, and until then it has those of a dark one. Here that moment is
// over: the controls come after the first picture.
if (document.readyState === 'complete') window.dispatchEvent(new Event('load'));
