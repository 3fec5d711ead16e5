// typescript.mjs FOLDER: compiles what is in FOLDER, client.ts and others that are made like it, with the programs of the folder described,
// for browsers and for node; alone, as users may compile it; and the examples of docs/reference/describe.md. The scripts are then beside them.
// The verdict has what the compiler says.
import { copyFileSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
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
// What others compile it with.
const oldest = { target: ts.ScriptTarget.ES2020, lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'], types: [] };
const nodeNext = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2020 };
const users = {
  oldest,
  'node, oldest': { ...nodeNext, lib: ['lib.es2020.d.ts'], types: ['node'] },
  'node and browser': { ...nodeNext, target: ts.ScriptTarget.ESNext, lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: ['node'] },
  'a library': { ...oldest, declaration: true, isolatedDeclarations: true, skipLibCheck: false },
  'fields as they were': { ...browser, useDefineForClassFields: false },
};

function compile(files, options, isKept = true) {
  const program = ts.createProgram(files.map(file => join(folder, file)), { ...strict, ...options });
  const { diagnostics } = program.emit(undefined, isKept ? undefined : () => {});
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(diagnostic => ts.formatDiagnostic(diagnostic, {
    getCanonicalFileName: name => name, getCurrentDirectory: () => folder, getNewLine: () => '\n',
  }));
}

writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
symlinkSync(join(import.meta.dirname, 'node_modules'), join(folder, 'node_modules'));
const made = readdirSync(folder).filter(name => name.endsWith('.ts'));
const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/describe.md'), 'utf8');
const examples = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, example], i) => {
  writeFileSync(join(folder, `example${i}.ts`), example);
  return `example${i}.ts`;
});
const described = join(import.meta.dirname, 'described');
for (const name of readdirSync(described)) copyFileSync(join(described, name), join(folder, name));
say({
  version: ts.version,
  made,
  problems: [
    ...compile([...made, 'page.ts', 'misuse.ts'], browser),
    ...compile([...made, 'node.ts', 'streams.ts', 'connection.ts', 'hostile.ts', 'topics.ts', 'misuse.ts'], node),
    ...compile(examples, { ...browser, noUnusedLocals: false }, false),
    ...Object.entries(users).flatMap(([name, options]) => compile(made, options, false).map(problem => `${name}: ${problem}`)),
  ],
});
