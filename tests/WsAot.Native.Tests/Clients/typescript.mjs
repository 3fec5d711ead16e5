// typescript.mjs FOLDER: compiles what is in FOLDER, client.ts and others that are made like it, with the programs of the folder described,
// for browsers and for node; the scripts are then beside them. The verdict has what the compiler says.
import { copyFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { say } from './common.mjs';

const [folder] = process.argv.slice(2);
const strict = {
  strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitOverride: true, noImplicitReturns: true,
  noUnusedLocals: true, noUnusedParameters: true, noPropertyAccessFromIndexSignature: true, noFallthroughCasesInSwitch: true,
  skipLibCheck: true, isolatedModules: true, verbatimModuleSyntax: true, erasableSyntaxOnly: true,
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, moduleResolution: ts.ModuleResolutionKind.Bundler,
};
const browser = { lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] };
const node = { lib: ['lib.es2023.d.ts'], types: ['node'] };

function compile(files, options) {
  const program = ts.createProgram(files.map(file => join(folder, file)), { ...strict, ...options });
  const { diagnostics } = program.emit();
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(diagnostic => ts.formatDiagnostic(diagnostic, {
    getCanonicalFileName: name => name, getCurrentDirectory: () => folder, getNewLine: () => '\n',
  }));
}

symlinkSync(join(import.meta.dirname, 'node_modules'), join(folder, 'node_modules'));
const made = readdirSync(folder).filter(name => name.endsWith('.ts'));
const described = join(import.meta.dirname, 'described');
for (const name of readdirSync(described)) copyFileSync(join(described, name), join(folder, name));
say({
  version: ts.version,
  made,
  problems: [...compile([...made, 'page.ts', 'misuse.ts'], browser), ...compile([...made, 'node.ts', 'hostile.ts', 'misuse.ts'], node)],
});
