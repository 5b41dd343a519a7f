import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { Refusal } from '@digione/core/kernel';
import {
  type Claim,
  decodeEnvelope,
  encodeEnvelope,
  type Envelope,
  keyIdOf,
  payloadType,
  signEnvelope,
  verifyEnvelope,
} from '@digione/registry/bundle';
import test, { type ExecutionContext } from 'ava';

const claim: Claim = { plugin: 'test-vendor/sample', version: '1.2.3', sha256: 'a'.repeat(64), size: 1234 };
const own = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const keyOf = (id: string) => (id === keyIdOf(own.publicKey) ? own.publicKey : undefined);

async function refuses(t: ExecutionContext, envelope: unknown, code: string) {
  const error = await t.throwsAsync(verifyEnvelope(envelope, keyOf), { instanceOf: Refusal });
  t.is(error?.code, code as Refusal['code']);
}

/** An envelope over any payload, signed as it should be. */
function signed(payload: string, type = payloadType): Envelope {
  const body = Buffer.from(payload);
  const sig = sign(
    null,
    Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${body.length} `), body]),
    own.privateKey,
  );
  return {
    payload: body.toString('base64'),
    payloadType,
    signatures: [{ keyid: keyIdOf(own.publicKey), sig: sig.toString('base64') }],
  };
}

test('a signed claim comes through its header and says what was signed', async (t) => {
  const header = encodeEnvelope(signEnvelope(claim, own.privateKey));
  t.deepEqual(await verifyEnvelope(decodeEnvelope(header), keyOf), { claim, keyId: keyIdOf(own.publicKey) });
});

test('the signature is over the encoding of the DSSE specification', async (t) => {
  const text = `{"plugin":"test-vendor/sample","sha256":"${'a'.repeat(64)}","size":1234,"version":"1.2.3"}`;
  t.deepEqual(signed(text), signEnvelope(claim, own.privateKey));
});

test('a changed claim is refused', async (t) => {
  const envelope = signEnvelope(claim, own.privateKey);
  const payload = Buffer.from(Buffer.from(envelope.payload, 'base64').toString().replace('1.2.3', '1.2.4')).toString(
    'base64',
  );
  await refuses(t, { ...envelope, payload }, 'signature-invalid');
});

test("another vendor's key is refused, also under a borrowed id", async (t) => {
  const foreign = signEnvelope(claim, other.privateKey);
  await refuses(t, foreign, 'signature-invalid');
  const [signature] = foreign.signatures;
  await refuses(t, { ...foreign, signatures: [{ ...signature, keyid: keyIdOf(own.publicKey) }] }, 'signature-invalid');
});

test('a registry that holds another key under the id is not believed', async (t) => {
  await t.throwsAsync(
    verifyEnvelope(signEnvelope(claim, other.privateKey), () => own.publicKey),
    { instanceOf: Refusal },
  );
});

test('a signature over another type of payload is refused', (t) =>
  refuses(t, signed(JSON.stringify(claim), 'application/x-other'), 'signature-invalid'));

test('a claim that is not in canonical form is refused though its signature fits', async (t) => {
  await refuses(t, signed(JSON.stringify(claim)), 'envelope-invalid');
  await refuses(t, signed('{"plugin":"a/b"}'), 'envelope-invalid');
  await refuses(t, signed('not json'), 'envelope-invalid');
});

test('anything that is not an envelope is refused', async (t) => {
  const envelope = signEnvelope(claim, own.privateKey);
  const strangers = [
    null,
    1,
    [],
    {},
    { ...envelope, signatures: [] },
    { ...envelope, payloadType: 'text/plain' },
    { ...envelope, more: 1 },
    { ...envelope, payload: '***' },
  ];
  for (const stranger of strangers) await refuses(t, stranger, 'envelope-invalid');
});

test('a header that is not base64 of JSON is refused', (t) => {
  for (const header of ['', '***', 'bm90IGpzb24=', 'a'.repeat(9000)])
    t.throws(() => decodeEnvelope(header), { instanceOf: Refusal });
});

test('the id of a key is the same from either half', (t) => {
  t.is(keyIdOf(own.privateKey), keyIdOf(createPublicKey(own.privateKey)));
});
