import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPictures } from '../../../scripts/lib/package';

test('the README of a package without an address of the repository has no pictures that VS Code cannot show', () => {
  const kept = '![Elsewhere](https://example.com/a.png)\n\n[A link](docs/README.md) and text.\n';
  const readme = `# Title\n\n![A window](docs/screens/a.gif)\n\nText.\n\n![Another\nwindow](docs/screens/b.png)\n\n${kept}`;
  assert.equal(withoutPictures(readme), `# Title\n\nText.\n\n${kept}`);
  assert.equal(withoutPictures(readme.replaceAll('\n', '\r\n')), `# Title\n\nText.\n\n${kept}`.replaceAll('\n', '\r\n'));
});
