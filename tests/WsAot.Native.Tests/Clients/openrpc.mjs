// openrpc.mjs FILES: compares documents with the published schema of OpenRPC, each schema in them with that of JSON Schema, and follows
// each reference. The verdict has what is wrong, and whether the check finds a mistake.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import jsonSchema from '@json-schema-tools/meta-schema';
import openRpc from '@open-rpc/meta-schema';
import { say } from './common.mjs';

// The one names the other now with a slash at its end and now without; $schema would name itself.
const oneName = schema => JSON.parse(JSON.stringify({ ...schema, $schema: undefined })
  .replaceAll(/https:\/\/meta\.json-schema\.tools\/?/g, 'https://meta.json-schema.tools/schema'));

const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
ajv.addSchema(oneName(jsonSchema.default));
const isOpenRpc = ajv.compile(oneName(openRpc.default));
const wrong = [];
const check = document => isOpenRpc(document) ? [] : isOpenRpc.errors.map(error => `${error.instancePath} ${error.message}`);

function schemasOf(document) {
  const methods = [...document.methods, ...(document['x-clientMethods'] ?? [])];
  const descriptors = methods.flatMap(method => [...method.params, method.result, method['x-stream']]).filter(Boolean);
  return [...descriptors.map(descriptor => descriptor.schema), ...Object.values(document.components?.schemas ?? {})];
}

const documents = process.argv.slice(2).map(file => JSON.parse(readFileSync(file, 'utf8')));
for (const document of documents) {
  wrong.push(...check(document), ...check({ ...document, methods: document['x-clientMethods'] ?? [] }));
  for (const schema of schemasOf(document)) {
    try {
      // Ajv throws at a reference that leads nowhere.
      addFormats.default(new Ajv({ strict: false })).compile({ ...schema, components: document.components });
    } catch (error) {
      wrong.push(error.message);
    }
  }
}

const broken = structuredClone(documents[0]);
broken.methods[0].params[0].schema.type = 'strange';
say({ wrong, methods: documents[0].methods.map(method => method.name), found: check(broken).length > 0 });
