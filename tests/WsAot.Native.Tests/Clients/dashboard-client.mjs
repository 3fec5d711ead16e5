// dashboard-client.mjs SOURCE FOLDER: compiles the client of the dashboard into FOLDER, as the page has it.
import { spawnSync } from 'node:child_process';
import { say } from './common.mjs';

const [source, folder] = process.argv.slice(2);
const made = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--target', 'es2022', '--module', 'es2022',
  '--lib', 'es2022,dom,dom.iterable,esnext.disposable', '--strict', '--removeComments', '--typeRoots', folder, '--outDir', folder, source], { encoding: 'utf8' });
say({ problems: made.status === 0 ? [] : [made.stdout, made.stderr] });
