// `node scripts/recordings.mjs unpack [FOLDER]`: unpacks the recordings of test/fixtures/wire as readable files, to out/wire or FOLDER.
// `node scripts/recordings.mjs pack STORE FOLDER`: packs recorded files as the recordings of a store, such as maho-26.7.
try {
  await import('./lib/typescript.mjs');
  const { packRecordings, unpackRecordings } = await import('./lib/recordings.ts');
  const [task, ...names] = process.argv.slice(2);
  if (task === 'unpack' && names.length <= 1) await unpackRecordings(names[0]);
  else if (task === 'pack' && names.length === 2) await packRecordings(names[0], names[1]);
  else throw new Error('Use: node scripts/recordings.mjs unpack [FOLDER] | pack STORE FOLDER');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
